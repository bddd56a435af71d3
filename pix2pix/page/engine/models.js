/** @import { Constants } from './constants.js' */
/** @import { Model } from './translate.js' */

/** @typedef {{model: Model, session: Session}} Loaded */

/**
 * What is used of onnxruntime-web.
 *
 * @typedef {{data: Float32Array}} Tensor
 * @typedef {{run(feeds: Object<string, Tensor>): Promise<Object<string, Tensor>>,
 *   release(): Promise<void>}} Session
 * @typedef {object} Runtime
 * @property {any} env
 * @property {{create(model: Uint8Array, options: object): Promise<Session>}} InferenceSession
 * @property {new (type: 'float32', data: Float32Array, dims: number[]) => Tensor} Tensor
 */

const CHANNELS = 5;
const REFINED_CHANNELS = 7;

/**
 * The generators, loaded when they are asked for. Each takes 16 MB and more of a tablet's memory, so
 * only those drawn with last are kept, and one for the small pictures of the other kinds, which come
 * one after the other.
 */
export class Models {
  /**
   * @param {Runtime} runtime
   * @param {(name: string) => Promise<Uint8Array>} read a file of the engine's folder
   * @param {'wasm' | 'webgpu'} provider what generators run on, if they are built as the first one
   *   that is loaded, with which it is tried out. Others stay on the processor, and so does the
   *   refiner: its pictures have many sizes, for which shaders would be compiled anew
   */
  constructor(runtime, read, provider = 'wasm') {
    this.runtime = runtime;
    this.read = read;
    this.provider = provider;
    /** @type {Map<string, Loaded>} those used lately last */
    this.kept = new Map();
    /** @type {Map<string, Loaded>} */
    this.passing = new Map();
    /** @type {Constants | null} */
    this.constants = null;
    /** @type {Session | null} */
    this.refiner = null;
    /** @type {string | undefined} how the first generator is built */
    this.tried = undefined;
  }

  /**
   * @param {string} domain
   * @param {boolean} isPassing whether it is for one small picture
   * @returns {Promise<Model>}
   */
  async get(domain, isPassing = false) {
    const loaded = this.kept.get(domain) ?? this.passing.get(domain) ?? (await this.load(domain));
    if (isPassing && this.kept.has(domain)) return loaded.model;
    this.passing.delete(domain);
    this.kept.delete(domain);
    const shelf = isPassing ? this.passing : this.kept;
    shelf.set(domain, loaded);
    const [oldest] = shelf.keys();
    if (shelf.size > (isPassing ? 1 : Models.KEPT)) {
      await shelf.get(oldest)?.session.release();
      shelf.delete(oldest);
    }
    return loaded.model;
  }

  /**
   * @param {string} domain
   * @returns {Promise<Loaded>}
   */
  async load(domain) {
    this.constants ??= await this.readJSON('constants.json');
    const config = await this.readJSON(`models/${domain}/config.json`);
    const { generator, widths, base, size, noise_channels } = config;
    const build = JSON.stringify([generator, widths, base, size, noise_channels]);
    this.tried ??= build;
    const session = await this.open(domain, build === this.tried ? this.provider : 'wasm');
    return {
      model: this.model(config, /** @type {Constants} */ (this.constants), session),
      session,
    };
  }

  /** @param {string} name */
  async readJSON(name) {
    return JSON.parse(new TextDecoder().decode(await this.read(name)));
  }

  /**
   * @param {string} name
   * @param {string} provider
   */
  async open(name, provider) {
    const { InferenceSession } = this.runtime;
    return InferenceSession.create(await this.read(`models/${name}/model.onnx`), {
      executionProviders: [provider],
    });
  }

  /**
   * @param {any} config
   * @param {Constants} constants
   * @param {Session} session
   * @returns {Model}
   */
  model(config, constants, session) {
    const { size } = config;
    const { Tensor } = this.runtime;
    const input = new Float32Array(CHANNELS * size * size); // one for all pictures
    const tensor = new Tensor('float32', input, [1, CHANNELS, size, size]);
    return {
      config,
      constants,
      generate: async (values) => {
        input.set(values);
        return (await session.run({ input: tensor })).picture.data;
      },
      refine: async (values, height, width) => {
        this.refiner ??= await this.open(Models.REFINER, 'wasm');
        const dims = [1, REFINED_CHANNELS, height, width];
        const { picture } = await this.refiner.run({ input: new Tensor('float32', values, dims) });
        return picture.data;
      },
    };
  }
}

Models.KEPT = 2;
Models.REFINER = 'crisp';
