/**
 * The steps that led to today's tables, oldest first. A step that was released is never edited; a change is a new step.
 * Every index of the jobs is partial: a row is in it only while the question it answers concerns the job.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE job (
    job_id          TEXT PRIMARY KEY NOT NULL,
    record          TEXT NOT NULL,
    user_id         TEXT,
    idempotency_key TEXT,
    queued_at       REAL NOT NULL,
    status          TEXT NOT NULL,
    waiting_place   REAL,
    open_retry_of   TEXT,
    claim_ends_at   REAL,
    deadline_at     REAL,
    in_line_from    REAL,
    expires_at      REAL,
    ends_at         REAL,
    prepared_at     REAL,
    preparation_ms  REAL
  ) STRICT;

  CREATE UNIQUE INDEX job_idempotency_key ON job (idempotency_key) WHERE idempotency_key IS NOT NULL;
  CREATE UNIQUE INDEX job_open_retry_of ON job (open_retry_of) WHERE open_retry_of IS NOT NULL;
  CREATE INDEX job_history ON job (user_id, queued_at DESC, job_id DESC, status) WHERE user_id IS NOT NULL;
  CREATE INDEX job_waiting ON job (waiting_place, job_id) WHERE waiting_place IS NOT NULL;
  CREATE INDEX job_claim ON job (claim_ends_at) WHERE claim_ends_at IS NOT NULL;
  CREATE INDEX job_deadline ON job (deadline_at, in_line_from) WHERE deadline_at IS NOT NULL;
  CREATE INDEX job_expiry ON job (expires_at) WHERE expires_at IS NOT NULL;
  CREATE INDEX job_end ON job (ends_at) WHERE ends_at IS NOT NULL;
  CREATE INDEX job_preparation ON job (prepared_at, preparation_ms) WHERE prepared_at IS NOT NULL;

  CREATE TABLE file_number (
    name   TEXT PRIMARY KEY NOT NULL,
    number INTEGER NOT NULL UNIQUE
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE probe (
    probe_id   INTEGER PRIMARY KEY,
    written_at REAL NOT NULL
  ) STRICT;
  `,
  // Jobs that share a preparation, and owners' turns. Objects were named by the job itself before.
  `
  ALTER TABLE job ADD COLUMN waiting_owner TEXT;
  ALTER TABLE job ADD COLUMN waiting_preparation TEXT;
  ALTER TABLE job ADD COLUMN claimed_preparation TEXT;
  ALTER TABLE job ADD COLUMN object_in_use TEXT;

  UPDATE job SET record = json_set(record, '$.preparation', NULL);
  UPDATE job SET record = json_set(record, '$.artifact.id', job_id) WHERE record ->> '$.artifact' IS NOT NULL;
  UPDATE job SET record = json_set(record, '$.claim.object', json_object('id', job_id, 'fence', record ->> '$.fence'))
    WHERE record ->> '$.claim' IS NOT NULL;
  UPDATE job SET waiting_owner = coalesce(user_id, '') WHERE status = 'queued';
  UPDATE job SET object_in_use = job_id || '/' || coalesce(record ->> '$.claim.object.fence', record ->> '$.artifact.fence')
    WHERE claim_ends_at IS NOT NULL OR expires_at IS NOT NULL;

  CREATE INDEX job_waiting_owner ON job (waiting_owner) WHERE waiting_owner IS NOT NULL;
  CREATE INDEX job_waiting_preparation ON job (waiting_preparation, waiting_place, job_id) WHERE waiting_preparation IS NOT NULL;
  CREATE INDEX job_claimed_preparation ON job (claimed_preparation) WHERE claimed_preparation IS NOT NULL;
  CREATE INDEX job_object_in_use ON job (object_in_use) WHERE object_in_use IS NOT NULL;
  `,
  // What waits, by priority. Records did not tell which request had asked before.
  `
  ALTER TABLE job ADD COLUMN waiting_priority TEXT;
  ALTER TABLE job ADD COLUMN waiting_since REAL;

  UPDATE job SET record = json_set(record, '$.requestId', NULL);
  UPDATE job SET waiting_priority = record ->> '$.request.priority', waiting_since = record ->> '$.inLineSince' WHERE status = 'queued';

  CREATE INDEX job_waiting_since ON job (waiting_priority, waiting_since) WHERE waiting_priority IS NOT NULL;
  `,
  // Keys of requests that were answered with an open retry.
  `
  CREATE TABLE further_key (
    idempotency_key TEXT PRIMARY KEY NOT NULL,
    job_id          TEXT NOT NULL REFERENCES job ON DELETE CASCADE
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX further_key_job ON further_key (job_id);
  `,
];
