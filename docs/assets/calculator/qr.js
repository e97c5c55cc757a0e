/**
 * QR codes (ISO/IEC 18004) of short texts: byte mode, the smallest version that fits, masks compared by their penalties.
 *
 *   encodeQr("https://…", "M") → array of rows of booleans (true = dark), without the quiet zone
 */

/** For each level: error-correction bytes per block, and number of blocks, for versions 1 to 40. */
const LEVELS = {
  L: {
    bits: 1,
    ecc: [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30],
    blocks: [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25],
  },
  M: {
    bits: 0,
    ecc: [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28],
    blocks: [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49],
  },
};

/** All modules that are not function patterns, in bits. */
function rawBits(version) {
  const size = version * 4 + 17;
  let bits = size * size - 3 * 64 - 31 - 2 * (size - 16);
  if (version > 1) {
    const count = Math.floor(version / 7) + 2;
    bits -= 25 * (count * count - 3) - 10 * (count - 2);
    if (version > 6) bits -= 36;
  }
  return bits;
}

function dataBytes(version, level) {
  return Math.floor(rawBits(version) / 8) - level.ecc[version - 1] * level.blocks[version - 1];
}

/** Multiplication in the field of 256 elements modulo x^8 + x^4 + x^3 + x^2 + 1. */
function multiply(x, y) {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d);
    product ^= ((y >>> bit) & 1) * x;
  }
  return product & 0xff;
}

/** The generator polynomial's coefficients below the leading one. */
function generator(degree) {
  const found = new Uint8Array(degree);
  found[degree - 1] = 1;
  let root = 1;
  for (let round = 0; round < degree; round += 1) {
    for (let index = 0; index < degree; index += 1) {
      found[index] = multiply(found[index], root);
      if (index + 1 < degree) found[index] ^= found[index + 1];
    }
    root = multiply(root, 2);
  }
  return found;
}

function remainder(data, divisor) {
  const rest = new Uint8Array(divisor.length);
  for (const byte of data) {
    const factor = byte ^ rest[0];
    rest.copyWithin(0, 1);
    rest[rest.length - 1] = 0;
    for (let index = 0; index < divisor.length; index += 1) rest[index] ^= multiply(divisor[index], factor);
  }
  return rest;
}

/** Mode, length, bytes, terminator and padding. */
function payload(bytes, version, capacity) {
  const bits = [];
  const push = (value, length) => {
    for (let bit = length - 1; bit >= 0; bit -= 1) bits.push((value >>> bit) & 1);
  };
  push(4, 4);
  push(bytes.length, version < 10 ? 8 : 16);
  for (const byte of bytes) push(byte, 8);
  push(0, Math.min(4, capacity * 8 - bits.length));
  while (bits.length % 8) bits.push(0);
  const out = new Uint8Array(capacity);
  for (let index = 0; index < bits.length; index += 1) out[index >> 3] |= bits[index] << (7 - (index & 7));
  for (let index = bits.length / 8, pad = 0xec; index < capacity; index += 1, pad ^= 0xec ^ 0x11) out[index] = pad;
  return out;
}

/** Data and error correction of all blocks, interleaved. */
function codewords(data, version, level) {
  const [blocks, ecc] = [level.blocks[version - 1], level.ecc[version - 1]];
  const raw = Math.floor(rawBits(version) / 8);
  const short = Math.floor(raw / blocks);
  const longBlocks = raw % blocks;
  const divisor = generator(ecc);
  const parts = [];
  for (let block = 0, at = 0; block < blocks; block += 1) {
    const length = short - ecc + (block < blocks - longBlocks ? 0 : 1);
    const part = data.slice(at, at + length);
    at += length;
    parts.push({ part, check: remainder(part, divisor) });
  }
  const out = [];
  for (let index = 0; index <= short - ecc; index += 1) for (const { part } of parts) if (index < part.length) out.push(part[index]);
  for (let index = 0; index < ecc; index += 1) for (const { check } of parts) out.push(check[index]);
  return out;
}

function alignments(version) {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.floor((version * 8 + count * 3 + 5) / (count * 4 - 4)) * 2;
  const found = [6];
  for (let at = version * 4 + 10; found.length < count; at -= step) found.splice(1, 0, at);
  return found;
}

class Grid {
  constructor(version) {
    this.version = version;
    this.size = version * 4 + 17;
    this.dark = Array.from({ length: this.size }, () => new Array(this.size).fill(false));
    this.fixed = Array.from({ length: this.size }, () => new Array(this.size).fill(false));
    this.#patterns();
  }

  set(x, y, dark) {
    this.dark[y][x] = Boolean(dark);
    this.fixed[y][x] = true;
  }

  #patterns() {
    const { size } = this;
    for (let index = 0; index < size; index += 1) {
      this.set(6, index, index % 2 === 0);
      this.set(index, 6, index % 2 === 0);
    }
    for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]]) {
      for (let dy = -4; dy <= 4; dy += 1) {
        for (let dx = -4; dx <= 4; dx += 1) {
          const ring = Math.max(Math.abs(dx), Math.abs(dy));
          if (x + dx >= 0 && x + dx < size && y + dy >= 0 && y + dy < size) this.set(x + dx, y + dy, ring !== 2 && ring !== 4);
        }
      }
    }
    const centres = alignments(this.version);
    const last = centres.length - 1;
    centres.forEach((x, i) => centres.forEach((y, j) => {
      if ((i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0)) return;
      for (let dy = -2; dy <= 2; dy += 1) for (let dx = -2; dx <= 2; dx += 1) this.set(x + dx, y + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
    }));
    this.format(0, 0);
    if (this.version >= 7) {
      let rest = this.version;
      for (let round = 0; round < 12; round += 1) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25);
      const bits = (this.version << 12) | rest;
      for (let index = 0; index < 18; index += 1) {
        const [a, b] = [size - 11 + (index % 3), Math.floor(index / 3)];
        this.set(a, b, (bits >>> index) & 1);
        this.set(b, a, (bits >>> index) & 1);
      }
    }
  }

  format(levelBits, mask) {
    const data = (levelBits << 3) | mask;
    let rest = data;
    for (let round = 0; round < 10; round += 1) rest = (rest << 1) ^ ((rest >>> 9) * 0x537);
    const bits = ((data << 10) | rest) ^ 0x5412;
    const bit = (index) => (bits >>> index) & 1;
    const { size } = this;
    for (let index = 0; index <= 5; index += 1) this.set(8, index, bit(index));
    this.set(8, 7, bit(6));
    this.set(8, 8, bit(7));
    this.set(7, 8, bit(8));
    for (let index = 9; index < 15; index += 1) this.set(14 - index, 8, bit(index));
    for (let index = 0; index < 8; index += 1) this.set(size - 1 - index, 8, bit(index));
    for (let index = 8; index < 15; index += 1) this.set(8, size - 15 + index, bit(index));
    this.set(8, size - 8, true);
  }

  /** The codewords in the zigzag of double columns, from the lower right. */
  write(words) {
    let at = 0;
    for (let right = this.size - 1; right >= 1; right -= 2) {
      if (right === 6) right = 5;
      for (let step = 0; step < this.size; step += 1) {
        const y = ((right + 1) & 2) === 0 ? this.size - 1 - step : step;
        for (const x of [right, right - 1]) {
          if (this.fixed[y][x] || at >= words.length * 8) continue;
          this.dark[y][x] = Boolean((words[at >> 3] >>> (7 - (at & 7))) & 1);
          at += 1;
        }
      }
    }
  }

  mask(test) {
    for (let y = 0; y < this.size; y += 1) for (let x = 0; x < this.size; x += 1) if (!this.fixed[y][x] && test(x, y)) this.dark[y][x] = !this.dark[y][x];
  }

  penalty() {
    const { size, dark } = this;
    let sum = 0;
    let count = 0;
    const line = (at) => {
      let text = "";
      for (let index = 0; index < size; index += 1) text += at(index) ? "1" : "0";
      for (const run of text.match(/0{5,}|1{5,}/g) ?? []) sum += run.length - 2;
      for (const shape of ["10111010000", "00001011101"]) for (let from = text.indexOf(shape); from >= 0; from = text.indexOf(shape, from + 1)) sum += 40;
    };
    for (let y = 0; y < size; y += 1) {
      line((x) => dark[y][x]);
      line((x) => dark[x][y]);
      for (let x = 0; x < size; x += 1) {
        count += dark[y][x];
        if (x && y && dark[y][x] === dark[y][x - 1] && dark[y][x] === dark[y - 1][x] && dark[y][x] === dark[y - 1][x - 1]) sum += 3;
      }
    }
    return sum + 10 * Math.floor((Math.abs(count * 20 - size * size * 10)) / (size * size));
  }
}

const MASKS = [
  (x, y) => (x + y) % 2 === 0,
  (x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** The modules of the code; null when the text is too long for any version. */
export function encodeQr(text, levelName = "M") {
  const level = LEVELS[levelName];
  const bytes = new TextEncoder().encode(text);
  let version = 1;
  while (version <= 40 && dataBytes(version, level) * 8 < 4 + (version < 10 ? 8 : 16) + bytes.length * 8) version += 1;
  if (version > 40) return null;
  const words = codewords(payload(bytes, version, dataBytes(version, level)), version, level);
  let best = null;
  MASKS.forEach((test, mask) => {
    const grid = new Grid(version);
    grid.write(words);
    grid.mask(test);
    grid.format(level.bits, mask);
    const penalty = grid.penalty();
    if (!best || penalty < best.penalty) best = { grid, penalty };
  });
  return best.grid.dark;
}
