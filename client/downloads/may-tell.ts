/** Whether this browser can send word to somebody who looks elsewhere, and has not been forbidden to. */
export const mayTell = () => 'Notification' in globalThis && Notification.permission !== 'denied';
