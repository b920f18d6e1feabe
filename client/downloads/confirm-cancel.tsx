import { Button } from '../ui/button.tsx';
import { Modal } from '../ui/modal.tsx';

interface ConfirmCancelProps {
  count: number;
  onKeep: () => void;
  onCancel: () => void;
}

/** Asked once before much work is lost. */
export function ConfirmCancel({ count, onKeep, onCancel }: ConfirmCancelProps) {
  return (
    <Modal className="confirm" label={`Cancel ${count} downloads?`} onClose={onKeep}>
      <h2 className="modal-title">Cancel {count} downloads?</h2>
      <p>Their progress is lost.</p>
      <div className="confirm-actions">
        <Button look="line" large onClick={onKeep}>
          Keep them
        </Button>
        <Button look="ink" large onClick={onCancel}>
          Cancel {count}
        </Button>
      </div>
    </Modal>
  );
}
