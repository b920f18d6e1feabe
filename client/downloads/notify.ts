import { openDetails } from './job-address.tsx';

/** The tag of the one message that stands for several. */
export const severalTag = 'several';

const permission = () => (typeof Notification === 'undefined' ? 'denied' : Notification.permission);

export const mayAsk = () => permission() === 'default';
export const isAllowed = () => permission() === 'granted';

/** Asks the person, if they were never asked. Says whether notifications may be sent. */
export async function askPermission(): Promise<boolean> {
  return mayAsk() ? (await Notification.requestPermission()) === 'granted' : isAllowed();
}

/** Shows a notification that leads to the page; null where the browser does not let a page show any. One of the same tag is replaced. */
export function showNotification(text: string, tag: string): Notification | null {
  try {
    const notification = new Notification(text, { tag, icon: '/favicon-ready.svg' });
    notification.addEventListener('click', () => {
      window.focus();
      notification.close();
      if (tag !== severalTag) openDetails(tag);
    });
    return notification;
  } catch {
    return null;
  }
}
