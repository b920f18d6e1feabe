/** The link is not one of ours, or its time is over. */
export class LinkRefused extends Error {
  readonly status = 403;
  readonly reason: 'expired' | 'invalid';

  constructor(reason: 'expired' | 'invalid') {
    super(
      reason === 'expired'
        ? 'This download link has expired. Start the download again to get a new one.'
        : 'This download link is not valid. Start the download again to get a new one.',
    );
    this.name = 'LinkRefused';
    this.reason = reason;
  }
}

/** The link is good, but the file it leads to has been deleted. */
export class ObjectGone extends Error {
  readonly status = 404;

  constructor() {
    super('This file is no longer kept. Ask for it again.');
    this.name = 'ObjectGone';
  }
}
