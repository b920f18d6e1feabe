/** Every statement over the jobs. A test asks SQLite how it would run each, and fails on one without an index. */
export const jobSql = {
  insert: `
    INSERT INTO job VALUES (
      :job_id, :record, :user_id, :idempotency_key, :queued_at, :status, :waiting_place, :open_retry_of, :claim_ends_at,
      :deadline_at, :in_line_from, :expires_at, :ends_at, :prepared_at, :preparation_ms, :waiting_owner, :waiting_preparation,
      :claimed_preparation, :object_in_use, :waiting_priority, :waiting_since
    )`,
  update: `
    UPDATE job SET
      record = :record, user_id = :user_id, idempotency_key = :idempotency_key, queued_at = :queued_at, status = :status,
      waiting_place = :waiting_place, open_retry_of = :open_retry_of, claim_ends_at = :claim_ends_at,
      deadline_at = :deadline_at, in_line_from = :in_line_from, expires_at = :expires_at, ends_at = :ends_at,
      prepared_at = :prepared_at, preparation_ms = :preparation_ms, waiting_owner = :waiting_owner,
      waiting_preparation = :waiting_preparation, claimed_preparation = :claimed_preparation, object_in_use = :object_in_use,
      waiting_priority = :waiting_priority, waiting_since = :waiting_since
    WHERE job_id = :job_id`,
  delete: 'DELETE FROM job WHERE job_id = ?',
  find: 'SELECT record FROM job WHERE job_id = ?',
  findByKey: 'SELECT record FROM job WHERE idempotency_key = ?',
  findByFurtherKey: 'SELECT record FROM further_key JOIN job USING (job_id) WHERE further_key.idempotency_key = ?',
  // Who deletes a job by hand may leave its keys, which then are free.
  bindFurtherKey: 'REPLACE INTO further_key VALUES (?, ?)',
  findOpenRetry: 'SELECT record FROM job WHERE open_retry_of = ?',

  page: 'SELECT record FROM job WHERE job_id > ? ORDER BY job_id LIMIT ?',

  history: `
    SELECT record FROM job
    WHERE user_id = ? AND status IN (SELECT value FROM json_each(?)) AND (queued_at, job_id) < (?, ?)
    ORDER BY queued_at DESC, job_id DESC LIMIT ?`,
  historyTotal: 'SELECT count(*) AS total FROM job WHERE user_id = ? AND status IN (SELECT value FROM json_each(?))',

  queued: `
    SELECT record FROM job
    WHERE waiting_place IS NOT NULL AND (waiting_place, job_id) > (?, ?)
    ORDER BY waiting_place, job_id LIMIT ?`,
  waitingOfOwner: 'SELECT count(*) AS waiting FROM job WHERE waiting_owner = ?',
  waiting: 'SELECT count(*) AS jobs, min(waiting_since) AS since FROM job WHERE waiting_priority = ? AND waiting_since <= ?',
  waitingFor: 'SELECT record FROM job WHERE waiting_preparation = ? ORDER BY waiting_place, job_id LIMIT ?',
  claimedFor: 'SELECT 1 FROM job WHERE claimed_preparation = ? LIMIT 1',
  isInUse: 'SELECT 1 FROM job WHERE object_in_use = ? LIMIT 1',
  lost: 'SELECT record FROM job WHERE claim_ends_at <= ? ORDER BY claim_ends_at LIMIT ?',
  overdue: `
    SELECT record FROM job
    WHERE deadline_at <= :now AND (in_line_from IS NULL OR in_line_from > :now)
    ORDER BY deadline_at LIMIT :limit`,
  expired: 'SELECT record FROM job WHERE expires_at <= ? ORDER BY expires_at LIMIT ?',
  ended: 'SELECT record FROM job WHERE ends_at <= ? ORDER BY ends_at LIMIT ?',

  endAllClaims: 'UPDATE job SET claim_ends_at = 0 WHERE claim_ends_at > 0',
  meanPreparation: `
    SELECT avg(preparation_ms) AS mean FROM (
      SELECT preparation_ms FROM job WHERE prepared_at > 0 ORDER BY prepared_at DESC LIMIT 50
    )`,
  foreignWrites: 'PRAGMA data_version',
  probe: 'REPLACE INTO probe VALUES (1, ?)',
  readProbe: 'SELECT written_at FROM probe WHERE probe_id = 1',
} as const;
