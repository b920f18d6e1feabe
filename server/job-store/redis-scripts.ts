import { RedisScript } from '../redis/redis-script.ts';

/**
 * What all scripts know. They find their keys themselves, since only the record tells which sets it stands in: no
 * cluster could route them. Whoever comes upon a member without a record, gone by its time or by hand, clears up after it.
 */
const common = `
local prefix = ARGV[1]
local function key(name) return prefix .. 'jobs:' .. name end
local function recordOf(id) return prefix .. 'job:' .. id end

local function save(at, text, endsAt)
  if endsAt == '' then redis.call('SET', at, text) else redis.call('SET', at, text, 'PXAT', endsAt) end
end

local function unname(name, id)
  if redis.call('GET', key(name)) == id then redis.call('DEL', key(name)) end
end

-- The keys of requests that were answered with an open retry. They are no part of its record, which does not grow with them.
local function furtherOf(id) return key('further:' .. id) end

local function keepKeys(id, endsAt)
  local names = redis.call('SMEMBERS', furtherOf(id))
  for _, name in ipairs(names) do save(key(name), id, endsAt) end
  if names[1] and endsAt ~= '' then redis.call('PEXPIREAT', furtherOf(id), endsAt) end
end

local function freeKeys(id)
  local names = redis.call('SMEMBERS', furtherOf(id))
  for _, name in ipairs(names) do unname(name, id) end
  if names[1] then redis.call('DEL', furtherOf(id)) end
end

local function forget(id)
  freeKeys(id)
  local trace = redis.call('HGET', key('traces'), id)
  if not trace then return end
  for index, member in string.gmatch(trace, '([^\\t\\n]+)\\t([^\\t\\n]*)') do
    if member == '' then unname(index, id) else redis.call('ZREM', key(index), member) end
  end
  redis.call('HDEL', key('traces'), id)
end

local function recordOrForget(id)
  local text = redis.call('GET', recordOf(id))
  if not text then forget(id) end
  return text
end

-- The record that has one of the names from ARGV. A key is the first of two: where it leads to none, it becomes that one's.
local function holder(first, last)
  for nth = first, last do
    local id = redis.call('GET', key(ARGV[nth]))
    local text = id and recordOrForget(id)
    if text then
      if nth > first then
        redis.call('SET', key(ARGV[first]), id)
        redis.call('SADD', furtherOf(id), ARGV[first])
      end
      return text
    end
  end
end

local function holds(index, except)
  local at = 0
  while true do
    local id = redis.call('ZRANGE', key(index), at, at)[1]
    if not id then return false end
    if id == except then
      at = at + 1
    elseif redis.call('EXISTS', recordOf(id)) == 1 then
      return true
    else
      forget(id)
      redis.call('ZREM', key(index), id)
    end
  end
end

local function change(id, endsAt, at)
  while at <= #ARGV do
    local what, name = ARGV[at], ARGV[at + 1]
    if what == 'add' then
      redis.call('ZADD', key(name), ARGV[at + 2], ARGV[at + 3])
      at = at + 4
    elseif what == 'drop' then
      redis.call('ZREM', key(name), ARGV[at + 2])
      at = at + 3
    elseif what == 'trim' then
      redis.call('ZREMRANGEBYRANK', key(name), 0, -1 - ARGV[at + 2])
      at = at + 3
    elseif what == 'name' then
      save(key(name), id, endsAt)
      at = at + 2
    elseif what == 'keep keys' then
      keepKeys(id, endsAt)
      at = at + 1
    elseif what == 'free keys' then
      freeKeys(id)
      at = at + 1
    else
      unname(name, id)
      at = at + 2
    end
  end
end
`;

/**
 * Stores a new record. Arguments: prefix; id; when it ends or ''; the record before its place and after it; its trace
 * without what depends on the place; the set of the owner's line; how many are in it for the first
 * place; how many places, each as the record says it and as sets order it; how many names, and the names; how many sets that
 * are ordered by place, and the sets; then changes. Answers the record that has one of the names already; or, as a number,
 * how many are in line, where that had no place among those given; or that number in a list, when it is stored.
 */
export const createScript = new RedisScript<string | number | [number]>('create', `${common}
local id, endsAt, trace, line, from, count = ARGV[2], ARGV[3], ARGV[6], ARGV[7], ARGV[8], tonumber(ARGV[9])
local at = 10 + 2 * count
local firstName, lastName = at + 1, at + ARGV[at]
local held = holder(firstName, lastName)
if held then return held end

local waiting = redis.call('ZCARD', key(line))
local nth = waiting - from
if nth < 0 or nth >= count then return waiting end
local place, order = ARGV[10 + 2 * nth], ARGV[11 + 2 * nth]

save(recordOf(id), ARGV[4] .. place .. ARGV[5], endsAt)
for name = firstName, lastName do save(key(ARGV[name]), id, endsAt) end
at = lastName + 1
local lastSet = at + ARGV[at]
for set = at + 1, lastSet do
  local member = order .. ':' .. id
  redis.call('ZADD', key(ARGV[set]), 0, member)
  trace = trace .. '\\n' .. ARGV[set] .. '\\t' .. member
end
redis.call('HSET', key('traces'), id, trace)
change(id, endsAt, lastSet + 1)
return { waiting }
`);

/**
 * Writes a record that is still as it was read, or deletes it. Arguments: prefix; id; the record as it was read, as it is
 * to be or '', and when it ends or ''; the set in which no other job may be, or ''; the trace, or '=' when that has not
 * changed; then changes. Answers 1 when it is written; 0 when another job is in the set; else the record as it is by now.
 *
 * It is the whole text that is compared: a heartbeat changes the record and not its version.
 */
export const writeScript = new RedisScript<string | number | null>('write', `${common}
local id, is, endsAt, alone, trace = ARGV[2], ARGV[4], ARGV[5], ARGV[6], ARGV[7]
local found = redis.call('GET', recordOf(id))
if found ~= ARGV[3] then return found end
if alone ~= '' and holds(alone, id) then return 0 end
if is == '' then
  redis.call('DEL', recordOf(id))
  redis.call('HDEL', key('traces'), id)
else
  save(recordOf(id), is, endsAt)
  if trace ~= '=' then redis.call('HSET', key('traces'), id, trace) end
end
change(id, endsAt, 8)
return 1
`);

/**
 * The records of a set, by score or by order. Arguments: prefix; the set; how it is read; from where and up to where; how
 * many to leave out, and how many to read at most.
 */
export const listScript = new RedisScript<string[]>('list', `${common}
local set, isOrdered = key(ARGV[2]), ARGV[3] == 'ZRANGEBYLEX'
-- Who was forgotten made room for others. Many rounds mean that records were deleted by the thousand: the next call goes on.
for round = 1, 10 do
  local found, gone = {}, 0
  for _, member in ipairs(redis.call(ARGV[3], set, ARGV[4], ARGV[5], 'LIMIT', ARGV[6], ARGV[7])) do
    local text = recordOrForget(isOrdered and string.sub(member, 18) or member)
    if text then
      found[#found + 1] = text
    else
      redis.call('ZREM', set, member)
      gone = gone + 1
    end
  end
  if gone == 0 or round == 10 then return found end
end
`);

/**
 * A page of a user's history: the members of each set, newest first, after a count of all. Arguments: prefix; where the
 * page begins; how many to read at most; then the sets. Records whose time is over do not count, also before the sweep.
 */
export const historyScript = new RedisScript<[number, ...string[]]>('history', `${common}
local time = redis.call('TIME')
local now = string.format('(%d%03d', time[1], math.floor(time[2] / 1000))
for _, id in ipairs(redis.call('ZRANGEBYSCORE', key('ends'), '-inf', now, 'LIMIT', 0, 1000)) do recordOrForget(id) end
local page = { 0 }
for nth = 4, #ARGV do
  page[1] = page[1] + redis.call('ZCARD', key(ARGV[nth]))
  for _, member in ipairs(redis.call('ZREVRANGEBYLEX', key(ARGV[nth]), ARGV[2], '-', 'LIMIT', 0, ARGV[3])) do
    page[#page + 1] = member
  end
end
return page
`);

/** The records that are there, clearing up after the others. Arguments: prefix, then ids. */
export const readScript = new RedisScript<string[]>('read', `${common}
local found = {}
for nth = 2, #ARGV do found[#found + 1] = recordOrForget(ARGV[nth]) or nil end
return found
`);

/** The record that has one of the names, as for a new one. Arguments: prefix, then the names. */
export const holderScript = new RedisScript<string | null>('holder', `${common}
return holder(2, #ARGV)
`);

/** Whether a job is in the set. Arguments: prefix, set. */
export const holdsScript = new RedisScript<number>('holds', `${common}
return holds(ARGV[2], '') and 1 or 0
`);
