/**
 * How far the start is and how long it will still take: what is left to download at the speed seen so far, and then the
 * start of Python, which takes about as long as it took on this device the last time.
 */

const REMEMBERED = "canbao.calculator.start";
/** Seconds from the last byte to ready, on a middling device, until this device has shown its own. */
const FIRST_GUESS = 2;
/** Share of the bar that the download takes. */
const DOWNLOAD_SHARE = 0.75;
const TICK = 500;

function remembered() {
  try {
    const seconds = Number(localStorage.getItem(REMEMBERED));
    return seconds > 0 && seconds < 120 ? seconds : FIRST_GUESS;
  } catch {
    return FIRST_GUESS;
  }
}

function remember(seconds) {
  try {
    localStorage.setItem(REMEMBERED, seconds.toFixed(2));
  } catch {
    // A browser that keeps nothing loses only the better guess.
  }
}

const megabytes = (bytes) => (bytes / 1e6).toFixed(1);

function left(seconds) {
  if (seconds === null) return { zh: "", en: "" };
  if (seconds <= 1) return { zh: "，马上就好", en: ", nearly done" };
  if (seconds < 90) return { zh: `，大约还要 ${seconds} 秒`, en: `, about ${seconds} seconds left` };
  const minutes = Math.ceil(seconds / 60);
  return { zh: `，大约还要 ${minutes} 分钟`, en: `, about ${minutes} minutes left` };
}

export class Estimate {
  constructor(tell, now = () => performance.now()) {
    this.tell = tell;
    this.now = now;
    this.began = now();
    this.starting = remembered();
    this.phase = "download";
    this.wire = { loaded: 0, total: 0 };
    this.best = 0;
    this.timer = setInterval(() => this.#show(), TICK);
    this.#show();
  }

  report({ phase, wire }) {
    if (this.phase === "download" && phase !== "download") this.downloaded = this.now();
    // A last report of the download may come after Python has begun to start.
    if (!(this.downloaded && phase === "download")) this.phase = phase;
    this.wire = wire;
    this.#show();
  }

  stop() {
    clearInterval(this.timer);
  }

  done() {
    this.stop();
    if (this.downloaded) remember((this.now() - this.downloaded) / 1000);
    this.phase = "ready";
    this.tell({ phase: "ready", fraction: 1, secondsLeft: 0, received: this.wire.total, expected: this.wire.total, zh: "计算器已就绪。", en: "The calculator is ready." });
  }

  #secondsLeft() {
    if (this.downloaded) return Math.max(0, this.starting - (this.now() - this.downloaded) / 1000);
    const passed = (this.now() - this.began) / 1000;
    // Too early to know the speed: no number is better than a wild one.
    if (this.wire.loaded < 20_000 || passed < 0.5) return null;
    return ((this.wire.total - this.wire.loaded) * passed) / this.wire.loaded + this.starting;
  }

  #fraction() {
    if (this.downloaded) {
      const share = Math.min(0.98, (this.now() - this.downloaded) / 1000 / this.starting);
      return DOWNLOAD_SHARE + (1 - DOWNLOAD_SHARE) * share;
    }
    return this.wire.total ? (DOWNLOAD_SHARE * this.wire.loaded) / this.wire.total : 0;
  }

  #show() {
    // A bar that goes back frightens people, so it never does.
    this.best = Math.max(this.best, this.#fraction());
    const exact = this.#secondsLeft();
    const secondsLeft = exact === null ? null : Math.ceil(exact);
    const more = left(secondsLeft);
    const sizes = this.wire.total ? { zh: `：${megabytes(this.wire.loaded)} / ${megabytes(this.wire.total)} MB`, en: `: ${megabytes(this.wire.loaded)} of ${megabytes(this.wire.total)} MB` } : { zh: "", en: "" };
    const text = this.downloaded
      ? { zh: `正在启动计算器${more.zh}。`, en: `Starting the calculator${more.en}.` }
      : { zh: `正在下载计算程序${sizes.zh}${more.zh}。`, en: `Downloading the calculator${sizes.en}${more.en}.` };
    this.tell({ phase: this.phase, fraction: this.best, secondsLeft, received: this.wire.loaded, expected: this.wire.total, ...text });
  }
}
