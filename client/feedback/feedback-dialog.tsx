import './feedback-dialog.css';
import { useEffect, useRef, useState, type SubmitEvent } from 'react';
import { bringTelemetry } from '../telemetry/telemetry.ts';
import type { Reference } from '../telemetry/words.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { closeIcon } from '../ui/icons.ts';
import { Modal } from '../ui/modal.tsx';

interface FeedbackDialogProps {
  about: Reference;
  onClose: () => void;
}

const longest = 4000;

/** Takes down what somebody saw of a failure, and sends it with the failure's reference to whoever runs the service. */
export default function FeedbackDialog({ about, onClose }: FeedbackDialogProps) {
  const [state, setState] = useState<'writing' | 'sending' | 'sent' | 'failed'>('writing');
  const [message, setMessage] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const send = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const email = new FormData(event.currentTarget).get('email');
    setState('sending');
    const telemetry = await bringTelemetry();
    const arrived = await telemetry?.reporter?.sendFeedback({ message: message.trim(), email: typeof email === 'string' && email !== '' ? email : null, about });
    setState(arrived ? 'sent' : 'failed');
  };
  return (
    <Modal className="feedback" label="Tell us what happened" onClose={onClose}>
      <div className="modal-head">
        <h2 className="modal-title">{state === 'sent' ? 'Thank you' : 'What happened?'}</h2>
        <IconButton icon={closeIcon} label="Close" onClick={onClose} />
      </div>
      {state === 'sent' ? (
        <div className="feedback-body">
          <p role="status">It has arrived, together with what the page knows of it.</p>
          <div className="feedback-actions">
            <Button look="ink" large onClick={onClose}>
              Close
            </Button>
          </div>
        </div>
      ) : (
        <form className="feedback-body" onSubmit={(event) => void send(event)}>
          <label>
            What did you do, and what did you see?
            <textarea ref={field} name="message" rows={5} maxLength={longest} required value={message} onChange={({ target }) => setMessage(target.value)} />
          </label>
          <label>
            Where can we answer? Your email, if you like.
            <input type="email" name="email" autoComplete="email" />
          </label>
          <p>
            It goes to whoever runs this service, with the reference of what failed and the version of this page.
          </p>
          <p role="alert">{state === 'failed' && 'It could not be sent. Try again, or copy it and send it another way.'}</p>
          <div className="feedback-actions">
            <Button look="line" large onClick={onClose}>
              Not now
            </Button>
            <button type="submit" className="button button-ink button-large" disabled={message.trim() === '' || state === 'sending'}>
              {state === 'sending' ? 'Sending' : 'Send'}
            </button>
          </div>
        </form>
      )}
    </Modal>
  );
}
