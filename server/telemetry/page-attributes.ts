import type { Attributes, AttributeValue } from '@opentelemetry/api';
import type { PageAttributes } from '#shared/telemetry-api.ts';

const word = /^[\w.-]{1,64}$/;
const release = /^[\w.@+-]{1,64}$/;

type Check = (value: AttributeValue) => boolean;
const like = (shape: RegExp): Check => (value) => typeof value === 'string' && shape.test(value);

/** What the page may say of a span. Anybody can send anything here, so what is let through is checked one by one. */
const allowed: Readonly<Record<string, Check>> = {
  'job.id': like(/^dl_[\w-]{22}$/),
  'http.request.method': like(/^[A-Z]{1,10}$/),
  'http.response.status_code': (value) => Number.isInteger(value) && Number(value) >= 100 && Number(value) <= 599,
  'url.template': like(/^(?:\/:?[\w.-]{1,40}){1,6}$/),
  'error.type': like(word),
  'page.noticed': like(word),
};

/** Of an error that was noted: its kind, and its words where they hold neither address nor query nor quotation. */
const allowedOfEvents: Readonly<Record<string, Check>> = {
  'exception.type': like(word),
  'exception.message': like(/^(?!.*:\/\/)[^\p{Cc}\p{Cf}?=&"]{0,300}$/u),
};

export function spanAttributes(given: PageAttributes = []): Attributes {
  return pick(given, allowed);
}

export function eventAttributes(given: PageAttributes = []): Attributes {
  return pick(given, allowedOfEvents);
}

/** The version that the page says it is; null where it says none. */
export function releaseIn(given: PageAttributes = []): string | null {
  const said = pick(given, { 'service.version': like(release) })['service.version'];
  return typeof said === 'string' ? said : null;
}

function pick(given: PageAttributes, checks: Readonly<Record<string, Check>>): Attributes {
  const plain = given.flatMap(({ key, value: { stringValue, intValue, doubleValue, boolValue } }): [string, AttributeValue][] => {
    const value = stringValue ?? (intValue === undefined ? (doubleValue ?? boolValue) : Number(intValue));
    return value !== undefined && Object.hasOwn(checks, key) && checks[key]!(value) ? [[key, value]] : [];
  });
  return Object.fromEntries(plain);
}
