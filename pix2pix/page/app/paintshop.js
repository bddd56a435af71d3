import { whenIdle } from '../common/idle.js';
import { Engines } from '../engine/engines.js';
import { GpuTrial } from '../engine/gputrial.js';
import { isOnIOS } from '../engine/ios.js';

/** @import { Done } from '../engine/engine.js' */
/** @import { Gpu } from '../engine/gputrial.js' */
/** @import { EngineSettings } from './app.js' */

/**
 * Makes what paints in this browser.
 *
 * @param {EngineSettings} settings
 * @param {(answer: Done) => void} answered
 */
export function makeEngines({ folder, gpu }, answered) {
  const there = /** @type {{gpu?: Gpu}} */ (/** @type {unknown} */ (navigator)).gpu;
  const trial = new GpuTrial({
    isOffered: gpu && !isOnIOS(navigator),
    gpu: there,
    storage: () => sessionStorage,
  });
  return new Engines({ folder, answered, trial, whenIdle });
}
