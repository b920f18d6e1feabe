import { setTimeout as sleep } from 'node:timers/promises';
import {
  GetBucketLifecycleConfigurationCommand,
  PutBucketLifecycleConfigurationCommand,
  type LifecycleRule,
} from '@aws-sdk/client-s3';
import { objectIdMark } from '../downloads/object-id.ts';
import { isPassing, nameOf, statusOf } from '../s3/s3-error.ts';
import type { Bucket } from './bucket-contents.ts';

const dayMs = 86_400_000;
/** So much later than the program deletes an artifact itself: the rule is a net, not the hand. */
const netDays = 2;
/** Several processes start at once, and each sees to it; the first may do it for all. */
const pausesMs = [500, 2000, 4000];
const ruleId = 'delineate-downloads';

/** Has the bucket give up uploads that nobody finishes, and delete artifacts that were forgotten. All that is not ours stays, as do its rules. */
export async function keepLifecycle(bucket: Bucket, artifactTtlMs: number): Promise<void> {
  const rule: LifecycleRule = {
    ID: ruleId,
    Status: 'Enabled',
    Filter: { Prefix: objectIdMark },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
    Expiration: { Days: Math.ceil(artifactTtlMs / dayMs) + netDays },
  };
  for (const pauseMs of pausesMs) {
    const isKept = await see(bucket, rule).catch(unlessInTheWay);
    if (isKept) return;
    await sleep(pauseMs * (0.5 + Math.random()));
  }
  await see(bucket, rule);
}

async function see(bucket: Bucket, rule: LifecycleRule): Promise<true> {
  const rules = await rulesOf(bucket);
  if (!rules.some((there) => isSame(there, rule))) await write(bucket, [...rules.filter(({ ID }) => ID !== ruleId), rule]);
  return true;
}

/** Servers refuse in their own ways what somebody else writes in the same moment. */
function unlessInTheWay(error: unknown): false {
  if (statusOf(error) === 409 || isPassing(error)) return false;
  throw error;
}

async function rulesOf({ client, name }: Bucket): Promise<LifecycleRule[]> {
  try {
    const { Rules } = await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket: name }));
    return Rules ?? [];
  } catch (error) {
    if (nameOf(error) === 'NoSuchLifecycleConfiguration') return [];
    throw error;
  }
}

function isSame(there: LifecycleRule, rule: LifecycleRule): boolean {
  return (
    there.ID === rule.ID &&
    there.Status === rule.Status &&
    there.Expiration?.Days === rule.Expiration?.Days &&
    there.AbortIncompleteMultipartUpload?.DaysAfterInitiation === rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation
  );
}

async function write({ client, name }: Bucket, Rules: LifecycleRule[]): Promise<void> {
  await client.send(new PutBucketLifecycleConfigurationCommand({ Bucket: name, LifecycleConfiguration: { Rules } }));
}
