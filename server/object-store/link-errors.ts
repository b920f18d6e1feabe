import { DownloadError } from '../downloads/errors.ts';

const reasons = {
  expired: 'This download link has expired. Start the download again to get a new one.',
  invalid: 'This download link is not valid. Start the download again to get a new one.',
} as const;

/** The link is not one of ours, or its time is over. */
export class LinkRefused extends DownloadError {
  readonly reason: keyof typeof reasons;

  constructor(reason: keyof typeof reasons) {
    super('link-refused', reasons[reason]);
    this.reason = reason;
  }
}

/** The link is good, but the file it leads to has been deleted. */
export class ObjectGone extends DownloadError {
  constructor() {
    super('file-not-found', 'This file is no longer kept. Ask for it again.');
  }
}
