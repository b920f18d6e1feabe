/** How to reach an S3 server, for finished files and for a source alike. */
export interface S3Access {
  /** Null for Amazon's own. */
  readonly endpoint: string | null;
  readonly region: string;
  /** Null for the usual AWS chain: environment, files, container, instance. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | null;
  /** The bucket in the path instead of in the host name. */
  readonly forcePathStyle: boolean;
  /** Whether the checksums that came to S3 in 2025 are sent and compared, or only where a request needs one. */
  readonly checksums: 'when_supported' | 'when_required';
  /** How long a connection may be silent while something is to come over it; else 15 s. */
  readonly silenceMs?: number;
}
