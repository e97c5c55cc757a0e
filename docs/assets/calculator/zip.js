/** ZIP archives: what a spreadsheet file is made of. Packed and unpacked by the browser itself; one that cannot pack stores the texts as they are. */

const LIMIT = 150_000_000;

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

/** The checksum so far, carried on over further bytes; it begins with 0. */
function crc32(bytes, before) {
  let crc = before ^ 0xffffffff;
  for (let at = 0; at < bytes.length; at += 1) crc = TABLE[(crc ^ bytes[at]) & 0xff] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** Lets the page answer before the work goes on. */
export function breathe() {
  // Not a timer: those of a page in the background go off once a second only.
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

async function inflate(bytes, budget) {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const parts = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    budget.left -= value.length;
    // A small file may unpack to gigabytes; no roster does.
    if (budget.left < 0) throw new Error("zip: too large");
    parts.push(value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** The entries of an archive by name; each is unpacked when asked for: get(name) → text or null. */
export function openZip(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  if (end < 0) throw new Error("zip: no directory");
  const entries = new Map();
  let at = view.getUint32(end + 16, true);
  for (let count = view.getUint16(end + 10, true); count > 0; count -= 1) {
    if (view.getUint32(at, true) !== 0x02014b50) throw new Error("zip: damaged directory");
    const [method, size] = [view.getUint16(at + 10, true), view.getUint32(at + 20, true)];
    const [nameLength, extra, comment] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true)];
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    entries.set(name, { method, size, offset: view.getUint32(at + 42, true) });
    at += 46 + nameLength + extra + comment;
  }
  const budget = { left: LIMIT };
  return {
    names: [...entries.keys()],
    async get(name) {
      const entry = entries.get(name);
      if (!entry) return null;
      const start = entry.offset + 30 + view.getUint16(entry.offset + 26, true) + view.getUint16(entry.offset + 28, true);
      const packed = bytes.subarray(start, start + entry.size);
      if (entry.method !== 0 && entry.method !== 8) throw new Error(`zip: method ${entry.method}`);
      return new TextDecoder().decode(entry.method ? await inflate(packed, budget) : packed);
    },
  };
}

/** The browser's packing, where it has any: Chromium since 103, Firefox since 113, Safari since 16.4. */
function packing() {
  try {
    return new CompressionStream("deflate-raw");
  } catch {
    return null;
  }
}

/** A text that comes in pieces, packed: {method, crc, size, packed, parts}. After each piece the page may answer, so that a long one never holds it up. */
async function pack(pieces) {
  const [encoder, stream] = [new TextEncoder(), packing()];
  const writer = stream?.writable.getWriter();
  const squeezed = stream && new Response(stream.readable).arrayBuffer();
  const stored = [];
  let [crc, size] = [0, 0];
  for (const piece of pieces) {
    const bytes = encoder.encode(piece);
    [crc, size] = [crc32(bytes, crc), size + bytes.length];
    if (writer) await writer.write(bytes);
    else stored.push(bytes);
    await breathe();
  }
  await writer?.close();
  const parts = squeezed ? [await squeezed] : stored;
  return { method: squeezed ? 8 : 0, crc, size, packed: parts.reduce((sum, part) => sum + part.byteLength, 0), parts };
}

/** An archive of texts [[name, pieces]]; in one browser the same content gives the same bytes. */
export async function writeZip(files) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [name, pieces] of files) {
    const path = new TextEncoder().encode(name);
    const data = await pack(pieces);
    const header = new DataView(new ArrayBuffer(30));
    const central = new DataView(new ArrayBuffer(46));
    const common = (view, at) => {
      view.setUint16(at, 20, true);
      view.setUint16(at + 2, 0x0800, true);
      view.setUint16(at + 4, data.method, true);
      view.setUint32(at + 6, 0x00210000, true);
      view.setUint32(at + 10, data.crc, true);
      view.setUint32(at + 14, data.packed, true);
      view.setUint32(at + 18, data.size, true);
      view.setUint16(at + 22, path.length, true);
    };
    header.setUint32(0, 0x04034b50, true);
    common(header, 4);
    central.setUint32(0, 0x02014b50, true);
    central.setUint16(4, 20, true);
    common(central, 6);
    central.setUint32(42, offset, true);
    parts.push(header.buffer, path, ...data.parts);
    directory.push(central.buffer, path);
    offset += 30 + path.length + data.packed;
  }
  const size = directory.reduce((sum, part) => sum + part.byteLength, 0);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, files.length, true);
  end.setUint16(10, files.length, true);
  end.setUint32(12, size, true);
  end.setUint32(16, offset, true);
  return new Blob([...parts, ...directory, end.buffer]);
}
