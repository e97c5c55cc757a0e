/** What went wrong, in words for the reader; the detail is for whoever mends it. */

const TABLES = { zh: "各地各类人群交多少钱，仍可查看本站的表格。", en: "The tables on this site still show what each group pays in each place." };

/** retry: whether trying again may help. */
const MESSAGES = {
  unsupported: {
    retry: false,
    zh: "您的浏览器太旧，运行不了计算器。请换用或升级到较新的浏览器。",
    en: "This browser is too old to run the calculator. Please use or update to a newer one.",
  },
  worker: {
    retry: true,
    zh: "计算器没能启动：浏览器打不开计算程序的文件。请刷新页面再试；还不行，请换用较新的浏览器。",
    en: "The calculator could not start: the browser could not open its program file. Reload the page; if that does not help, use a newer browser.",
  },
  blocked: {
    retry: false,
    zh: "浏览器或网站的安全设置不允许运行计算程序（WebAssembly）。请换一个浏览器，或告诉网站管理员。",
    en: "The security settings of the browser or of the site forbid the calculator's program (WebAssembly). Use another browser, or tell whoever runs the site.",
  },
  network: {
    retry: true,
    zh: "网络断了，计算程序没有下载完。请检查网络后重试。",
    en: "The connection was lost before the calculator was downloaded. Check the network and try again.",
  },
  stalled: {
    retry: true,
    zh: "网络太慢，好一会儿没有收到数据。请换个信号好的地方重试。",
    en: "Nothing has arrived for a while: the network is too slow. Try again where the signal is better.",
  },
  missing: {
    retry: true,
    zh: "网站上找不到计算程序的文件，可能网站刚刚更新过。请刷新页面重试。",
    en: "A file of the calculator is not on the site; the site may just have been updated. Reload the page and try again.",
  },
  integrity: {
    retry: true,
    zh: "下载的文件与网站公布的不一致，为安全起见没有使用。请刷新页面重试；换个网络也许就好。",
    en: "A downloaded file is not the one the site announced, so it was not used. Reload the page and try again, perhaps on another network.",
  },
  manifest: {
    retry: true,
    zh: "计算程序的文件清单读不出来。请刷新页面重试；还不行，请告诉网站管理员。",
    en: "The list of the calculator's files cannot be read. Reload the page; if that does not help, tell whoever runs the site.",
  },
  memory: {
    retry: true,
    zh: "手机或电脑的内存不够。请关掉其他页面和程序后重试。",
    en: "This device has too little free memory. Close other pages and programs and try again.",
  },
  start: {
    retry: true,
    zh: "计算程序下载好了，但没能启动。请刷新页面重试。",
    en: "The calculator was downloaded but did not start. Reload the page and try again.",
  },
  engine: {
    retry: false,
    zh: "计算程序出错了，这不是您的问题。请把下面的说明告诉网站管理员。",
    en: "The calculator made an error; it is not your fault. Please send the text below to whoever runs the site.",
  },
  refused: {
    retry: false,
    zh: "填写的内容有误，没有算出结果。",
    en: "Something in what was entered is not right, so nothing was computed.",
    plain: true,
  },
  crashed: {
    retry: true,
    zh: "计算程序意外停止了。请重试。",
    en: "The calculator stopped unexpectedly. Please try again.",
  },
  cancelled: { retry: true, plain: true, zh: "已取消。", en: "Cancelled." },
  stopped: { retry: true, plain: true, zh: "计算器已停止。", en: "The calculator was stopped." },
};

export class CalculatorError extends Error {
  constructor(code, detail = "") {
    super(detail ? `${code}: ${detail}` : code);
    this.name = "CalculatorError";
    const known = MESSAGES[code] ?? MESSAGES.start;
    this.code = code;
    this.detail = detail;
    this.retry = known.retry;
    this.zh = known.plain ? known.zh : known.zh + TABLES.zh;
    this.en = known.plain ? known.en : `${known.en} ${TABLES.en}`;
  }

  /** The engine refused a request, in its own words, which say the field and the reason; or it failed, and then ours serve. */
  static fromEngine(answer) {
    if (answer.code === "internal") return new CalculatorError("engine", answer.detail);
    const error = new CalculatorError("refused", answer.code);
    return Object.assign(error, { answer, zh: answer.zh ?? error.zh, en: answer.en ?? error.en });
  }

  toJSON() {
    return { code: this.code, zh: this.zh, en: this.en, detail: this.detail, retry: this.retry };
  }
}
