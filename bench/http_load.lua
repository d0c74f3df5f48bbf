-- Requests for wrk: events that nobody has sent before, in the shapes that a shop's pages send.
--
--     wrk ... -s bench/http_load.lua ADDRESS -- BATCH KEY RUN
--
-- Templates are made once; a request is a template with fresh numbers of fixed width put in, so
-- that its length is known, and what wrk itself costs is a few string joins.

local PERSONS = 20000
local TEMPLATES = 64
local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

local PAGE = '{"id":"@ID","kind":"page","type":"page_viewed","at":"@AT","anonymous_id":"browser-@P",'
  .. '"channel":"web","properties":{"path":"/shop/fountains/white","url":"https://shop.example/shop/fountains/white",'
  .. '"title":"Drinking fountains in white - Cat Fountain Shop","referrer":"https://search.example/",'
  .. '"source":"search","medium":"cpc","campaign":"spring-fountains","scroll_percent":%d},'
  .. '"context":{"page":{"path":"/shop/fountains/white"},"locale":"en-GB","screen":{"width":1280,"height":800},'
  .. '"library":{"name":"desireline","version":"1.0"},"session":"s-2026-03-01-%06d","timezone":"Europe/Warsaw"}}'
local TRACK = '{"id":"@ID","type":"%s","at":"@AT","anonymous_id":"browser-@P","user_id":"customer-@P",'
  .. '"channel":"web","value":39.9,"currency":"EUR","properties":{"product_id":"fountain-%02d","sku":"F-%02d-WHITE",'
  .. '"name":"Drinking fountain, 2.5 litres, ceramic","category":"fountains","price":39.9,"quantity":1,'
  .. '"currency":"EUR","cart_id":"c-@P"},'
  .. '"context":{"page":{"path":"/shop/fountains/white"},"locale":"en-GB","screen":{"width":1280,"height":800},'
  .. '"library":{"name":"desireline","version":"1.0"},"timezone":"Europe/Warsaw"}}'
local IDENTIFY = '{"id":"@ID","kind":"identify","at":"@AT","anonymous_id":"browser-@P","user_id":"customer-@P",'
  .. '"email":"customer-@P@example.com","channel":"web","properties":{"first_name":"Ann","last_name":"Example",'
  .. '"plan":"gold","newsletter":true,"city":"Warsaw","language":"pl","cats":%d,"since":"2025-11-02"},'
  .. '"context":{"page":{"path":"/account"},"locale":"pl-PL","screen":{"width":390,"height":844},'
  .. '"library":{"name":"desireline","version":"1.0"},"timezone":"Europe/Warsaw","note":"%s"}}'
local TYPES = { "product_viewed", "product_added", "checkout_started", "order_completed" }

-- Of ten events six are pages, three are tracked, one identifies.
local function template(n)
  local kind = n % 10
  if kind < 6 then return PAGE:format(n % 100, n) end
  if kind < 9 then return TRACK:format(TYPES[n % 4 + 1], n % 40, n % 40) end
  return IDENTIFY:format(n % 4, ("likes white ceramic; "):rep(4))
end

-- The pieces of a text between its marks, and the marks.
local function cut(text)
  local pieces, marks, at = {}, {}, 1
  while true do
    local begin, stop = text:find("@%u+", at)
    while begin and not ({ ["@ID"] = 1, ["@AT"] = 1, ["@P"] = 1 })[text:sub(begin, stop)] do
      begin, stop = text:find("@%u+", stop + 1)
    end
    if not begin then break end
    pieces[#pieces + 1] = text:sub(at, begin - 1)
    marks[#marks + 1] = text:sub(begin, stop)
    at = stop + 1
  end
  pieces[#pieces + 1] = text:sub(at)
  return pieces, marks
end

function init(arguments)
  batch, key, run = tonumber(arguments[1]), arguments[2], tonumber(arguments[3])
  count = 0
  now = os.date("!%Y-%m-%dT%H:%M:%S.000Z")
  made = {}
  for n = 1, TEMPLATES do
    local pieces, marks = cut(template(n))
    made[n] = { pieces = pieces, marks = marks, slots = {} }
  end
  uuid = ("%08x-%04x-4"):format(run, number)
end

local function fill(out, n)
  count = count + 1
  local one = made[n]
  local person = ("%05d"):format((count * 7919 + number * 104729) % PERSONS)
  local id = ("%s%03x-8000-%012x"):format(uuid, count % 4096, count)
  for i, mark in ipairs(one.marks) do
    out[#out + 1] = one.pieces[i]
    out[#out + 1] = mark == "@ID" and id or mark == "@AT" and now or person
  end
  out[#out + 1] = one.pieces[#one.pieces]
end

local HEAD = "POST /v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
  .. "Authorization: Bearer %s\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) load\r\nContent-Length: %d\r\n\r\n"
local asked = 0

function request()
  local out = {}
  asked = asked + 1
  if batch > 1 then out[1] = '{"events":[' end
  for i = 1, batch do
    if i > 1 then out[#out + 1] = "," end
    fill(out, (asked + i) % TEMPLATES + 1)
  end
  if batch > 1 then out[#out + 1] = "]}" end
  local body = table.concat(out)
  return HEAD:format(key, #body) .. body
end

function done(summary, latency)
  local errors = summary.errors
  io.write(("\nFOUND {\"requests\":%d,\"seconds\":%.6f,\"bytes\":%d,\"p50\":%.3f,\"p99\":%.3f,\"most\":%.3f,\"refused\":%d,\"broken\":%d}\n"):format(
    summary.requests, summary.duration / 1e6, summary.bytes,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
