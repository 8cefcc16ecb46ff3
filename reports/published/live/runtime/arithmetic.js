"use strict";
globalThis.arithmetic = (() => {
const module0 = (() => {

/**
 * The two kinds of failure a user can meet. Both carry one complete sentence: the act, the place,
 * what was found and what was wanted. Anything else that is thrown is a defect of the program.
 *
 * @module
 */

/** A wrong command line or a wrong specification: exit code 2. */
class UsageError extends Error {
           name = "UsageError";
}

/** An input that is missing or broken, or a run that failed: exit code 3. */
class RunError extends Error {
           name = "RunError";
}

/** The message of anything that was thrown. */
function messageOf(thrown         )         {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
return { UsageError, RunError, messageOf };
})();
const module1 = (() => {

/**
 * Pillow's antialiased bilinear resize, bit for bit: a triangle filter as wide as the scale, weights in
 * fixed point with 22 fractional bits, horizontal pass first, each pass rounded to 8 bits.
 *
 * @module
 */
                                        

/** Fractional bits of the weights. */
const PRECISION = 22;

/** A rectangle of an image, in pixels. */
                         
                        
                       
                         
                          
 

/** The inputs of one output pixel along one axis, and their weights. */
                
                         
                               
 

/**
 * Resizes an image; the same size gives the same pixels.
 *
 * @param window Part of the result to compute; all of it when absent. Memory and time are those of the
 * part, however large the whole would be.
 */
function resize(
  image       ,
  width        ,
  height        ,
  window         = { left: 0, top: 0, width, height },
)        {
  const columns = tapsOf(image.width, width, window.left, window.width);
  const rows = tapsOf(image.height, height, window.top, window.height);
  const last = rows[rows.length - 1] ;
  const firstRow = rows[0] .first;
  const endRow = last.first + last.weights.length;
  return resizeColumns(resizeRows(image, columns, firstRow, endRow), rows, firstRow);
}

/** Scales the short side to `shortSide` and cuts the central square out, as torchvision does. */
function resizeShortSideThenCentreCrop(
  image       ,
  shortSide        ,
  crop        ,
)        {
  const { width, height, window } = centreWindow(image.width, image.height, shortSide, crop);
  return resize(image, width, height, window);
}

/**
 * Size of an image whose short side is scaled to `shortSide` (the long one rounded down), and its
 * central square (the corner rounded with ties to even).
 *
 * @throws {RangeError} When the square is larger than the short side.
 */
function centreWindow(
  width        ,
  height        ,
  shortSide        ,
  crop        ,
)                                                    {
  if (crop > shortSide) {
    throw new RangeError(`Cannot crop ${crop} pixels from a short side of ${shortSide}`);
  }
  const long = Math.floor(shortSide * Math.max(width, height) / Math.min(width, height));
  const size = width <= height
    ? { width: shortSide, height: long }
    : { width: long, height: shortSide };
  const left = roundHalfToEven((size.width - crop) / 2);
  const top = roundHalfToEven((size.height - crop) / 2);
  return { ...size, window: { left, top, width: crop, height: crop } };
}

/**
 * Scales an image, its sides in proportion, until it covers a rectangle enlarged by a margin, and cuts
 * the central rectangle out.
 *
 * @param margin At least 1; 256/224 leaves as much around the rectangle as ImageNet's preprocessing.
 */
function resizeToCoverThenCentreCrop(
  image       ,
  width        ,
  height        ,
  margin        ,
)        {
  const scale = margin * Math.max(width / image.width, height / image.height);
  const whole = {
    width: Math.max(width, Math.round(image.width * scale)),
    height: Math.max(height, Math.round(image.height * scale)),
  };
  return resize(image, whole.width, whole.height, {
    left: roundHalfToEven((whole.width - width) / 2),
    top: roundHalfToEven((whole.height - height) / 2),
    width,
    height,
  });
}

/** The horizontal pass over the rows from `firstRow` up to, not including, `endRow`. */
function resizeRows(
  { width: from, channels, data }       ,
  columns                 ,
  firstRow        ,
  endRow        ,
)        {
  const [width, height] = [columns.length, endRow - firstRow];
  const out = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const { first, weights } = columns[x] ;
      const start = ((firstRow + y) * from + first) * channels;
      for (let c = 0; c < channels; c++) {
        let sum = 1 << (PRECISION - 1);
        for (let t = 0; t < weights.length; t++) {
          sum += data[start + t * channels + c]  * weights[t] ;
        }
        out[(y * width + x) * channels + c] = toByte(sum);
      }
    }
  }
  return { width, height, channels, data: out };
}

/** The vertical pass; the image's first row is number `firstRow` of the whole. */
function resizeColumns(
  { width, channels, data }       ,
  rows                 ,
  firstRow        ,
)        {
  const row = width * channels;
  const out = new Uint8Array(row * rows.length);
  for (const [y, { first, weights }] of rows.entries()) {
    const start = (first - firstRow) * row;
    for (let x = 0; x < row; x++) {
      let sum = 1 << (PRECISION - 1);
      for (let t = 0; t < weights.length; t++) sum += data[start + t * row + x]  * weights[t] ;
      out[y * row + x] = toByte(sum);
    }
  }
  return { width, height: rows.length, channels, data: out };
}

/** Inputs and weights of `count` output pixels from `start` on, in the order of Pillow's operations. */
function tapsOf(from        , to        , start        , count        )         {
  const scale = from / to;
  const support = Math.max(1, scale);
  const perPixel = 1 / support;
  return Array.from({ length: count }, (_, i) => {
    const centre = (start + i + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - support + 0.5));
    const end = Math.min(from, Math.trunc(centre + support + 0.5));
    const triangle = Array.from(
      { length: end - first },
      (_, t) => Math.max(0, 1 - Math.abs((t + first - centre + 0.5) * perPixel)),
    );
    const total = triangle.reduce((sum, weight) => sum + weight, 0);
    const weights = Int32Array.from(
      triangle,
      (weight) => Math.trunc(0.5 + weight / total * 2 ** PRECISION),
    );
    return { first, weights };
  });
}

function toByte(sum        )         {
  return Math.min(255, Math.max(0, sum >> PRECISION));
}

function roundHalfToEven(value        )         {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}
return { resize, resizeShortSideThenCentreCrop, centreWindow, resizeToCoverThenCentreCrop };
})();
const module2 = (() => {
const RunError = module0.RunError;
const UsageError = module0.UsageError;
const resizeShortSideThenCentreCrop = module1.resizeShortSideThenCentreCrop;
const resizeToCoverThenCentreCrop = module1.resizeToCoverThenCentreCrop;
/**
 * From pixels to the numbers that a network takes.
 *
 * @module
 */


                                        

/** How an image becomes a network's input. */
                                
                                                                                 
                                    
                                                                              
                        
                                                               
                                       
                                                                             
                                                   
                                                                                    
                                   
                                  
 

/**
 * Writes (pixel / 255 - mean) / std, in torch's float32 arithmetic, channel after channel. Grey images
 * fill all three channels. An image that has the wanted size already counts as prepared and is neither
 * resized nor cropped, also when `shortSide` is set: the reference values of the 224-pixel photographs
 * were made so. In a folder of mixed sizes such an image therefore shows more of its scene than one that
 * is resized to `shortSide` and cropped.
 *
 * @param target Receives channels x crop x across values from `offset` on.
 * @param file Name for errors.
 * @throws {RunError} When the image's size or channels cannot meet what is wanted.
 * @throws {UsageError} When the preprocessing contradicts itself.
 */
function toTensor(
  image       ,
  preprocessing               ,
  target              ,
  offset        ,
  file        ,
)       {
  requireConsistent(preprocessing);
  const { crop, across = crop, mean, colourOrder } = preprocessing;
  if (image.channels > mean.length) {
    throw new RunError(
      `${file}: image with ${image.channels} channels, wanted ${mean.length} for this network`,
    );
  }
  const { data, channels } = sized(image, preprocessing, file);
  const levels = levelsFor(preprocessing);
  const pixels = crop * across;
  if (offset + mean.length * pixels > target.length) {
    throw new RangeError(
      `Cannot write ${mean.length * pixels} values at ${offset} of ${target.length}`,
    );
  }
  for (const [c, values] of levels.entries()) {
    const start = offset + c * pixels;
    const end = start + pixels;
    let from = channels === 1 ? 0 : colourOrder === "BGR" ? channels - 1 - c : c;
    for (let at = start; at < end; at++, from += channels) target[at] = values[data[from] ] ;
  }
}

function sized(
  image       ,
  { shortSide, crop, across = crop }               ,
  file        ,
)        {
  if (image.width === across && image.height === crop) return image;
  if (shortSide !== null) {
    return across === crop
      ? resizeShortSideThenCentreCrop(image, shortSide, crop)
      : resizeToCoverThenCentreCrop(image, across, crop, shortSide / Math.min(crop, across));
  }
  throw new RunError(
    `${file}: image of ${image.width} x ${image.height} pixels, wanted ${across} x ${crop}`,
  );
}

function requireConsistent(
  { shortSide, crop, across = crop, mean, std }               ,
)       {
  const least = Math.min(crop, across);
  if (shortSide !== null && shortSide < least) {
    throw new UsageError(`preprocessing: shortSide ${shortSide}, wanted at least crop ${least}`);
  }
  if ((mean.length !== 1 && mean.length !== 3) || std.length !== mean.length) {
    throw new UsageError(
      `preprocessing: ${mean.length} means and ${std.length} stds, wanted 1 or 3 of each`,
    );
  }
}

/** Small images come by the thousand, and making the levels takes longer than using them. */
const knownLevels = new WeakMap                                        ();

/** The normalised values of the 256 levels of each channel. */
function levelsFor(preprocessing               )                          {
  const known = knownLevels.get(preprocessing);
  if (known) return known;
  const { mean, std } = preprocessing;
  const levels = mean.map((value, channel) => levelsOf(value, std[channel] ));
  knownLevels.set(preprocessing, levels);
  return levels;
}

/** The normalised value of each of the 256 levels, each step rounded to float32. */
function levelsOf(mean        , std        )               {
  const [m, s] = [Math.fround(mean), Math.fround(std)];
  return Float32Array.from(
    { length: 256 },
    (_, level) => Math.fround(Math.fround(level / 255) - m) / s,
  );
}
return { toTensor };
})();
const module3 = (() => {

/**
 * Rectangles of an image.
 *
 * @module
 */

/** Pixels from (left, top) up to, but without, (right, bottom). */
                      
                        
                       
                         
                          
 

/** Area in pixels. */
function boxArea({ left, top, right, bottom }     )         {
  return Math.max(0, right - left) * Math.max(0, bottom - top);
}

/** Intersection over union; 0 when both are empty. */
function boxOverlap(a     , b     )         {
  const common = boxArea({
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  });
  const union = boxArea(a) + boxArea(b) - common;
  return union === 0 ? 0 : common / union;
}

/**
 * The tightest box around all marked pixels; undefined when none is marked.
 *
 * @param isMarked Whether the pixel at a row-major index belongs to it.
 */
function tightBox(
  width        ,
  height        ,
  isMarked                         ,
)                  {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      if (!isMarked(at)) continue;
      if (x < left) left = x;
      if (x >= right) right = x + 1;
      if (y < top) top = y;
      bottom = y + 1;
    }
  }
  return right === 0 ? undefined : { left, top, right, bottom };
}
return { boxArea, boxOverlap, tightBox };
})();
const module4 = (() => {

/**
 * Percentiles as NumPy gives them, without sorting everything.
 *
 * @module
 */

/**
 * Percentile with linear interpolation between order statistics (numpy.percentile's default), in
 * expected linear time by quickselect (Hoare 1961).
 *
 * @param share In [0, 1].
 * @throws {RangeError} Without values, or with another share.
 */
function percentile(values              , share        )         {
  if (values.length === 0 || !(share >= 0 && share <= 1)) {
    throw new RangeError(
      `Cannot give a percentile: ${values.length} values and share ${share}, wanted at least one ` +
        "value and a share from 0 to 1",
    );
  }
  const order = values.slice();
  const place = (order.length - 1) * share;
  const below = Math.floor(place);
  select(order, below);
  const low = order[below] ;
  const t = place - below;
  if (t === 0) return low;
  let high = Infinity;
  for (let at = below + 1; at < order.length; at++) if (order[at]  < high) high = order[at] ;
  // The side with the smaller error, as NumPy chooses it.
  return t < 0.5 ? low + (high - low) * t : high - (high - low) * (1 - t);
}

/** Puts the value of rank `rank` at its place, smaller ones before it, larger ones behind. */
function select(order              , rank        )       {
  let left = 0;
  let right = order.length - 1;
  while (left < right) {
    const pivot = order[(left + right) >> 1] ;
    let i = left;
    let j = right;
    while (i <= j) {
      while (order[i]  < pivot) i++;
      while (order[j]  > pivot) j--;
      if (i > j) break;
      const swapped = order[i] ;
      order[i++] = order[j] ;
      order[j--] = swapped;
    }
    if (rank <= j) right = j;
    else if (rank >= i) left = i;
    else return;
  }
}
return { percentile };
})();
const module5 = (() => {
const tightBox = module3.tightBox;
const percentile = module4.percentile;
/**
 * The box around what activates a prototype most (Chen et al. 2019, section 2.4; the authors' helpers.py).
 *
 * @module
 */



/** Share of the pixels that the box does not have to hold. */
const BOX_PERCENTILE = 0.95;

/** Which pixels the box holds. */
                                       
     
                                                                                                       
                                                                                                        
                                      
     
                                     
 

/**
 * Tight bounds of the pixels at or above the 95th percentile of an upsampled map.
 *
 * @param map height x width values, row by row, none of them NaN.
 */
function activationBox(
  map              ,
  width        ,
  height        ,
  { blobs = "all" }                       = {},
)      {
  const threshold = percentile(map, BOX_PERCENTILE);
  const kept = Uint8Array.from(map, (value) => value >= threshold ? 1 : 0);
  const marked = blobs === "all" ? kept : largestBlob(kept, width, height);
  const box = tightBox(width, height, (at) => marked[at] === 1);
  if (box === undefined) throw new RangeError("Cannot give a box: the map holds NaN");
  return box;
}

/** Marks the largest 8-connected set of the marked pixels. */
function largestBlob(marked            , width        , height        )             {
  const seen = new Uint8Array(marked.length);
  let largest           = [];
  for (let start = 0; start < marked.length; start++) {
    if (marked[start] === 0 || seen[start] === 1) continue;
    const blob = [start];
    seen[start] = 1;
    for (let next = 0; next < blob.length; next++) {
      for (const at of neighbours(blob[next] , width, height)) {
        if (marked[at] === 0 || seen[at] === 1) continue;
        seen[at] = 1;
        blob.push(at);
      }
    }
    if (blob.length > largest.length) largest = blob;
  }
  const result = new Uint8Array(marked.length);
  for (const at of largest) result[at] = 1;
  return result;
}

function* neighbours(at        , width        , height        )                    {
  const [x, y] = [at % width, Math.floor(at / width)];
  for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
    for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
      yield row * width + column;
    }
  }
}
return { BOX_PERCENTILE, activationBox };
})();
const module6 = (() => {

/**
 * Squared distances between prototypes and the patches of a latent map.
 *
 * They are summed directly, as (z - p)^2 in float64: the usual expansion z^2 - 2zp + p^2 cancels, and
 * near distance 0, where the log similarity is steepest, its float32 error changes similarities by 0.1.
 *
 * @module
 */
                                                                       

/** Where a prototype fits an image best. */
                           
                                              
                        
                                
                            
 

/**
 * Distances of prototype `prototype` to every cell of image `image`.
 *
 * @param target Receives height x width values, row by row; made when absent.
 */
function distanceMap(
  layer                ,
  maps            ,
  image        ,
  prototype        ,
  target               = new Float64Array(maps.height * maps.width),
)               {
  const { depth, data } = maps;
  const cells = maps.height * maps.width;
  let at = image * depth * cells;
  target.fill(0);
  for (let d = 0; d < depth; d++) {
    const value = layer.vectors[prototype * depth + d] ;
    for (let cell = 0; cell < cells; cell++) {
      const difference = data[at++]  - value;
      target[cell]  += difference * difference;
    }
  }
  return target;
}

/** The smallest distance and the first cell, row by row, that has it. */
function bestCell(distances              )           {
  let cell = 0;
  for (let at = 1; at < distances.length; at++) {
    if (distances[at]  < distances[cell] ) cell = at;
  }
  return { cell, distance: distances[cell]  };
}

/** The latent vector of a cell: depth values. */
function patchOf(maps            , image        , cell        )               {
  const cells = maps.height * maps.width;
  const start = image * maps.depth * cells + cell;
  return Float32Array.from({ length: maps.depth }, (_, d) => maps.data[start + d * cells] );
}
return { distanceMap, bestCell, patchOf };
})();
const module7 = (() => {
const RunError = module0.RunError;
/**
 * The prototype layer of a ProtoPNet as a value, and the latent maps it looks at (Chen et al. 2019,
 * section 2.1).
 *
 * @module
 */


/** Prototypes, their classes and the last layer that turns similarities into logits. */
                                 
           
                           
                                       
                         
                
                                 
                                           
                               
                            
                                 
                                        
 

/** Outputs of the add-on layers for some images. */
                             
                
                         
           
                         
                       
                          
                          
                         
                                       
                              
 

/**
 * Refuses a layer whose arrays do not fit together.
 *
 * @throws {RunError} Naming the array, its length and the wanted one, or a class that is none.
 */
function requirePrototypeLayer(layer                )       {
  const prototypes = layer.classOf.length;
  if (prototypes === 0) {
    throw new RunError("prototype layer: found no prototype, wanted at least one");
  }
  const wrong = layer.classOf.find((label) => label < 0 || label >= layer.classes);
  if (wrong !== undefined) {
    throw new RunError(
      `prototype layer: found a prototype of class ${wrong}, wanted 0 to ${layer.classes - 1}`,
    );
  }
  requireLength("vectors", layer.vectors.length, prototypes * layer.depth);
  requireLength("last layer", layer.weights.length, prototypes * layer.classes);
}

/**
 * Refuses latent maps that do not fit the layer.
 *
 * @throws {RunError} Naming the depth or the length found and the wanted one.
 */
function requireLatentMaps(layer                , maps            )       {
  if (maps.depth !== layer.depth) {
    throw new RunError(
      `latent maps: found ${maps.depth} channels, wanted the prototypes' ${layer.depth}`,
    );
  }
  requireLength(
    "latent maps",
    maps.data.length,
    maps.count * maps.depth * maps.height * maps.width,
  );
}

/** Prototypes of a class, ascending. */
function prototypesOfClass(layer                , label        )             {
  return Int32Array.from(layer.classOf.keys()).filter((p) => layer.classOf[p] === label);
}

function requireLength(what        , found        , wanted        )       {
  if (found !== wanted) throw new RunError(`${what}: found ${found} values, wanted ${wanted}`);
}
return { requirePrototypeLayer, requireLatentMaps, prototypesOfClass };
})();
const module8 = (() => {

/**
 * Similarity of a latent patch to a prototype, from their squared distance (Chen et al. 2019,
 * section 2.1).
 *
 * @module
 */
                                                           

/** Keeps the logarithm finite at distance 0. */
const LOG_EPSILON = 1e-4;

/**
 * `log`: ln((d + 1) / (d + 1e-4)), from 9.21034 at d = 0 down to 0. `linear`: -d.
 *
 * @param distance Squared L2 distance, not negative.
 */
function similarityOf(distance        , kind                              )         {
  return kind === "linear" ? -distance : Math.log((distance + 1) / (distance + LOG_EPSILON));
}
return { LOG_EPSILON, similarityOf };
})();
const module9 = (() => {
const bestCell = module6.bestCell;
const distanceMap = module6.distanceMap;
const requireLatentMaps = module7.requireLatentMaps;
const requirePrototypeLayer = module7.requirePrototypeLayer;
const similarityOf = module8.similarityOf;
/**
 * How strongly, and where, an image activates each prototype.
 *
 * @module
 */




/** A prototype in an image. */
                             
                             
                                
                         
                                                           
                        
                                
                            
                              
 

/**
 * The activation of every prototype, in their order.
 *
 * @throws {RunError} When the maps do not fit the layer.
 */
function activationsOf(
  layer                ,
  maps            ,
  image        ,
)               {
  requirePrototypeLayer(layer);
  requireLatentMaps(layer, maps);
  const distances = new Float64Array(maps.height * maps.width);
  return Array.from(layer.classOf, (label, prototype) => {
    const best = bestCell(distanceMap(layer, maps, image, prototype, distances));
    return { prototype, label, ...best, similarity: similarityOf(best.distance, layer.similarity) };
  });
}

/** Similarity of every cell to a prototype: the activation map, height x width values. */
function similarityMap(
  layer                ,
  maps            ,
  image        ,
  prototype        ,
)               {
  return distanceMap(layer, maps, image, prototype).map((d) => similarityOf(d, layer.similarity));
}
return { activationsOf, similarityMap };
})();
const module10 = (() => {

/**
 * Colours for activation maps: Turbo (Mikhailov 2019), which runs from blue over green to red as jet does
 * but without jet's false edges, and stays readable for most people who see colours differently.
 *
 * @module
 */

/** Red, green and blue, 0 to 255. */
                                                                      

/** Coefficients of Turbo's published polynomials of degree 5, constant term first. */
const RED = [0.13572138, 4.6153926, -42.66032258, 132.13108234, -152.94239396, 59.28637943];
const GREEN = [0.09140261, 2.19418839, 4.84296658, -14.18503333, 4.27729857, 2.82956604];
const BLUE = [0.1066733, 12.64194608, -60.58204836, 110.36276771, -89.90310912, 27.34824973];

/** Most that the heat covers of the image. */
const OPACITY = 0.65;

/** The colour of a value; values outside of [0, 1] get that of the nearer end. */
function heatColour(value        )      {
  const v = Math.min(1, Math.max(0, value));
  return [levelOf(RED, v), levelOf(GREEN, v), levelOf(BLUE, v)];
}

/**
 * Lays a map over an image. The map is stretched to [0, 1]; the colour covers more of the image where the
 * value is high (0 to 65 %), so that what does not matter keeps looking like itself. A constant map
 * leaves the image as it is.
 *
 * @param pixels Interleaved red, green, blue.
 * @param map One value a pixel.
 * @returns New pixels.
 */
function overlayHeat(pixels            , map              )             {
  if (pixels.length !== 3 * map.length) {
    throw new RangeError(`Cannot lay ${map.length} values over ${pixels.length} RGB values`);
  }
  let [low, high] = [Infinity, -Infinity];
  for (const value of map) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (!(high > low)) return pixels.slice();
  const result = new Uint8Array(pixels.length);
  for (const [at, activation] of map.entries()) {
    const value = (activation - low) / (high - low);
    const cover = OPACITY * value;
    for (const [c, level] of heatColour(value).entries()) {
      result[3 * at + c] = Math.round((1 - cover) * pixels[3 * at + c]  + cover * level);
    }
  }
  return result;
}

function levelOf(coefficients                   , value        )         {
  const level = coefficients.reduceRight((sum, coefficient) => sum * value + coefficient, 0);
  return Math.round(255 * Math.min(1, Math.max(0, level)));
}
return { heatColour, overlayHeat };
})();
const module11 = (() => {

/**
 * The scoring sheet of a class: "this looks like that", in points (Chen et al. 2019, Figure 3).
 *
 * @module
 */
                                                   
                                                           

/** A line of the sheet. */
                                                
                                                               
                          
                             
                          
 

/** Why an image gets the logit of a class. */
                               
                         
                                                     
                                      
                                                          
                                         
                             
                               
                                             
                         
 

/** The sheet of class `label` for the image that gave `activations`. */
function scoringSheet(
  layer                ,
  activations                       ,
  label        ,
)               {
  const rows = activations.map((activation)             => {
    const weight = layer.weights[label * layer.classOf.length + activation.prototype] ;
    return { ...activation, weight, points: activation.similarity * weight };
  });
  const own = rows.filter((row) => row.label === label);
  const others = rows.filter((row) => row.label !== label);
  const ownPoints = sumOfPoints(own);
  const otherPoints = sumOfPoints(others);
  return {
    label,
    own: own.sort((a, b) => b.similarity - a.similarity),
    others: others.sort((a, b) => Math.abs(b.points) - Math.abs(a.points)),
    ownPoints,
    otherPoints,
    total: ownPoints + otherPoints,
  };
}

/** How far the points of a sheet are from the network's logit. */
                            
                         
                            
                                                                                                       
                            
 

/** Compares the sheet with the network's logit. */
function pointsGap({ own, others, total }              , logit        )            {
  const absolute = Math.abs(total - logit);
  const size = [...own, ...others].reduce((sum, { points }) => sum + Math.abs(points), 0);
  return { absolute, relative: absolute / Math.max(1, size) };
}

/** Classes by descending logit, equal ones by number: the prediction, then its rivals. */
function rankedClasses(logits                   )           {
  return Array.from(logits, (_, label) => label).sort((a, b) => logits[b]  - logits[a] );
}

/**
 * Prototypes whose largest weight is not that to their own class: their cases argue for another class,
 * and a sheet with them wants a warning.
 */
function misassignedPrototypes({ classOf, classes, weights }                )           {
  const prototypes = classOf.length;
  return Array.from(classOf.keys()).filter((p) => {
    const own = weights[classOf[p]  * prototypes + p] ;
    for (let k = 0; k < classes; k++) if (weights[k * prototypes + p]  > own) return true;
    return false;
  });
}

function sumOfPoints(rows                       )         {
  return rows.reduce((sum, { points }) => sum + points, 0);
}
return { scoringSheet, pointsGap, rankedClasses, misassignedPrototypes };
})();
const module12 = (() => {

/**
 * Bicubic upsampling of an activation map to the image, as OpenCV's INTER_CUBIC does it: Keys' kernel
 * with a = -0.75, pixel centres at halves, the border replicated.
 *
 * @module
 */

/** Keys' parameter in OpenCV and PyTorch. */
const A = -0.75;

/** The four inputs of one output along an axis, and their weights. */
                
                          
                                 
 

/**
 * @param map rows x columns values, row by row.
 * @param target Receives height x width values; made when absent.
 */
function upsampleBicubic(
  map                   ,
  rows        ,
  columns        ,
  height        ,
  width        ,
  target               = new Float64Array(height * width),
)               {
  const across = tapsOf(columns, width);
  const down = tapsOf(rows, height);
  const wide = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let tap = 4 * x; tap < 4 * x + 4; tap++) {
        sum += map[row * columns + across.at[tap] ]  * across.weights[tap] ;
      }
      wide[row * width + x] = sum;
    }
  }
  target.fill(0);
  for (let y = 0; y < height; y++) {
    for (let tap = 4 * y; tap < 4 * y + 4; tap++) {
      const row = down.at[tap]  * width;
      const weight = down.weights[tap] ;
      for (let x = 0; x < width; x++) target[y * width + x]  += wide[row + x]  * weight;
    }
  }
  return target;
}

function tapsOf(from        , to        )       {
  const at = new Int32Array(4 * to);
  const weights = new Float64Array(4 * to);
  for (let out = 0; out < to; out++) {
    const place = (out + 0.5) * from / to - 0.5;
    const first = Math.floor(place);
    const t = place - first;
    for (let tap = 0; tap < 4; tap++) {
      at[4 * out + tap] = Math.min(from - 1, Math.max(0, first - 1 + tap));
      weights[4 * out + tap] = kernel(Math.abs(t + 1 - tap));
    }
  }
  return { at, weights };
}

/** Keys 1981, equation 4, at a distance of 0 to 2 pixels. */
function kernel(distance        )         {
  if (distance <= 1) return ((A + 2) * distance - (A + 3)) * distance ** 2 + 1;
  return ((A * distance - 5 * A) * distance + 8 * A) * distance - 4 * A;
}
return { upsampleBicubic };
})();
const module13 = (() => {
const toTensor = module2.toTensor;
const resize = module1.resize;
const activationBox = module5.activationBox;
const activationsOf = module9.activationsOf;
const similarityMap = module9.similarityMap;
const overlayHeat = module10.overlayHeat;
const rankedClasses = module11.rankedClasses;
const scoringSheet = module11.scoringSheet;
const upsampleBicubic = module12.upsampleBicubic;
/**
 * Why a ProtoPNet classifies an image as it does, as the live page shows it. The page runs this file and
 * those it imports as they are, see `classicScript`, so that it computes what the harness computes.
 *
 * @module
 */
                                                           




                                                           

                                                                                              



/** Prototypes of a class that are shown one by one. */
const MOST_ROWS = 10;

/** How an image becomes the network's input. */
                            
                                    
                        
                                                           
                                   
                                  
 

/** A prototype of the class of a sheet, in the image. */
                          
                             
                              
                          
                             
                          
                                                                
                    
                                     
                            
 

/** Why the image gets the score of a class. */
                            
                         
                           
                         
                           
                         
                                                        
                                    
                                         
                                                                          
 

/** The image as the network takes it: resized as Pillow does, the aspect not kept, as in training. */
function fitted(image       , { size }           )        {
  if (image.width === size && image.height === size) return image;
  return resize(image, size, size);
}

/** The network's input for an image of its size, [1, 3, size, size]. */
function networkInput(image       , { size, mean, std }           )               {
  const target = new Float32Array(3 * size * size);
  toTensor(image, { shortSide: null, crop: size, mean, std }, target, 0, "the image");
  return target;
}

/**
 * Scoring sheets of the classes with the highest logits.
 *
 * @param maps What the network makes of the image, one image.
 * @param count Sheets: the prediction and its rivals.
 */
function explain(
  layer                ,
  maps            ,
  logits                   ,
  image       ,
  count        ,
)              {
  const activations = activationsOf(layer, maps, 0);
  return rankedClasses(logits).slice(0, count).map((label)            => {
    const { own, others, total } = scoringSheet(layer, activations, label);
    const rest = [...own.slice(MOST_ROWS), ...others];
    return {
      label,
      logit: logits[label] ,
      total,
      rows: own.slice(0, MOST_ROWS).map(({ prototype, similarity, weight, points }) => ({
        ...{ prototype, similarity, weight, points },
        ...seen(layer, maps, prototype, image),
      })),
      rest: {
        prototypes: rest.length,
        points: rest.reduce((sum, { points }) => sum + points, 0),
      },
    };
  });
}

function seen(
  layer                ,
  maps            ,
  prototype        ,
  { width, height, data }       ,
)                                {
  const cells = similarityMap(layer, maps, 0, prototype);
  const map = upsampleBicubic(cells, maps.height, maps.width, height, width);
  return { box: activationBox(map, width, height), heat: overlayHeat(data, map) };
}
return { fitted, networkInput, explain };
})();
return module13;
})();
