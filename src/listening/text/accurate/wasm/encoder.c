// The forward pass of the encoder for one text: two pre-norm transformer layers in whole numbers of eight bits, mean, a tanh layer, the heads.
// Built by scripts/train-encoder/build-wasm.sh into encoder.wasm; weights are put behind the program's own memory by the caller, in the order of `setup`.

#include <stdint.h>
#include <wasm_simd128.h>

#define MOST 96
#define IN 256
#define WIDE 512
#define INNER 1536
#define HEADS 4
#define OUTPUTS 12

typedef struct {
  int in, out;
  const float *scale, *bias;
  const int32_t *sum;
  const int8_t *weight;
} Matrix;

typedef struct {
  const float *scale, *bias;
} Norm;

extern unsigned char __heap_base;

static const float *signal, *rowScale, *headWeight, *headBias;
static const int8_t *rows;
static Matrix qkv[2], out[2], up[2], down[2], adjust, pool;
static Norm norm[2], ffnNorm[2];

static int32_t ids[MOST];
static float outputs[OUTPUTS];
static float x[MOST * WIDE], h[MOST * WIDE], wide[MOST * INNER], mixed[MOST * WIDE], shares[MOST];
// Rows are worked on in fours: the last ones may be empty.
static uint8_t whole[(MOST + 4) * INNER];
static float step[MOST + 4];

static unsigned char *at;

static const void *take(int bytes) {
  const void *here = at;
  at += (bytes + 15) & ~15;
  return here;
}

static void takeMatrix(Matrix *m, int in, int outs) {
  m->in = in;
  m->out = outs;
  m->scale = take(outs * 4);
  m->bias = take(outs * 4);
  m->sum = take(outs * 4);
  m->weight = take(outs * in);
}

static void takeNorm(Norm *n, int size) {
  n->scale = take(size * 4);
  n->bias = take(size * 4);
}

/** Where weights are to be put. */
int base(void) { return ((int)&__heap_base + 15) & ~15; }

/** Says where everything lies; answers how many bytes of weights there must be. */
int setup(int vocabulary) {
  at = (unsigned char *)base();
  signal = take(MOST * IN * 4);
  rowScale = take(vocabulary * 4);
  rows = take(vocabulary * IN);
  takeMatrix(&qkv[0], IN, 3 * IN);
  takeMatrix(&out[0], IN, WIDE);
  takeMatrix(&adjust, IN, WIDE);
  takeMatrix(&up[0], WIDE, INNER);
  takeMatrix(&down[0], INNER, WIDE);
  takeMatrix(&qkv[1], WIDE, 3 * WIDE);
  takeMatrix(&out[1], WIDE, WIDE);
  takeMatrix(&up[1], WIDE, INNER);
  takeMatrix(&down[1], INNER, WIDE);
  takeMatrix(&pool, WIDE, WIDE);
  takeNorm(&norm[0], IN);
  takeNorm(&ffnNorm[0], WIDE);
  takeNorm(&norm[1], WIDE);
  takeNorm(&ffnNorm[1], WIDE);
  headWeight = take(OUTPUTS * WIDE * 4);
  headBias = take(OUTPUTS * 4);
  return (int)(at - (unsigned char *)base());
}

int input(void) { return (int)ids; }
int output(void) { return (int)outputs; }

static float raise(float v) {
  if (v < -87.0f) return 0.0f;
  if (v > 87.0f) v = 87.0f;
  const float t = v * 1.44269504f;
  const float k = __builtin_floorf(t + 0.5f);
  const float r = (t - k) * 0.69314718f;
  float p = 1.0f + r * (1.0f + r * (0.5f + r * (0.16666667f + r * (0.041666668f + r * (0.008333334f + r * 0.0013888889f)))));
  union {
    int32_t whole;
    float value;
  } power = {((int32_t)k + 127) << 23};
  return p * power.value;
}

static float squash(float v) {
  if (v > 9.0f) return 1.0f;
  if (v < -9.0f) return -1.0f;
  const float e = raise(2.0f * v);
  return (e - 1.0f) / (e + 1.0f);
}

/** Rows of numbers as whole ones from 0 to 127; 64 stands for 0, or 0 does where none is negative. */
static void round7(const float *from, int count, int size, int stride, int middle) {
  for (int row = 0; row < count; row++) {
    const float *v = from + row * stride;
    float most = 1e-9f;
    for (int i = 0; i < size; i++) {
      const float a = __builtin_fabsf(v[i]);
      most = a > most ? a : most;
    }
    const float span = middle ? 63.0f : 127.0f;
    const float each = span / most;
    step[row] = most / span;
    uint8_t *to = whole + row * size;
    const float shift = (float)middle + 0.5f;
    for (int i = 0; i < size; i++) to[i] = (uint8_t)(int32_t)(v[i] * each + shift);
  }
}

/** The sums of four vectors in one. */
static v128_t sumsOf(v128_t a, v128_t b, v128_t c, v128_t d) {
  const v128_t ab = wasm_i32x4_add(wasm_i32x4_shuffle(a, b, 0, 4, 1, 5), wasm_i32x4_shuffle(a, b, 2, 6, 3, 7));
  const v128_t cd = wasm_i32x4_add(wasm_i32x4_shuffle(c, d, 0, 4, 1, 5), wasm_i32x4_shuffle(c, d, 2, 6, 3, 7));
  return wasm_i32x4_add(wasm_i32x4_shuffle(ab, cd, 0, 1, 4, 5), wasm_i32x4_shuffle(ab, cd, 2, 3, 6, 7));
}

#define DOT(w, a, s) __builtin_wasm_relaxed_dot_i8x16_i7x16_add_s_i32x4(w, a, s)

/** to = whole × weights + bias: four rows by two outputs at a time. */
static void multiply(const Matrix *m, int count, float *to, int stride, int middle) {
  const int in = m->in;
  for (int o = 0; o < m->out; o += 2) {
    const int8_t *w0 = m->weight + o * in, *w1 = w0 + in;
    for (int row = 0; row < count; row += 4) {
      const uint8_t *a = whole + row * in;
      v128_t s00 = wasm_i32x4_splat(0), s01 = s00, s10 = s00, s11 = s00, s20 = s00, s21 = s00, s30 = s00, s31 = s00;
      for (int k = 0; k < in; k += 16) {
        const v128_t b0 = wasm_v128_load(w0 + k), b1 = wasm_v128_load(w1 + k);
        const v128_t a0 = wasm_v128_load(a + k), a1 = wasm_v128_load(a + in + k);
        s00 = DOT(b0, a0, s00);
        s01 = DOT(b1, a0, s01);
        s10 = DOT(b0, a1, s10);
        s11 = DOT(b1, a1, s11);
        const v128_t a2 = wasm_v128_load(a + 2 * in + k), a3 = wasm_v128_load(a + 3 * in + k);
        s20 = DOT(b0, a2, s20);
        s21 = DOT(b1, a2, s21);
        s30 = DOT(b0, a3, s30);
        s31 = DOT(b1, a3, s31);
      }
      const v128_t first = sumsOf(s00, s10, s20, s30), second = sumsOf(s01, s11, s21, s31);
      const v128_t steps = wasm_v128_load(step + row);
      const v128_t y0 = wasm_f32x4_mul(wasm_f32x4_convert_i32x4(wasm_i32x4_sub(first, wasm_i32x4_splat(middle * m->sum[o]))), steps);
      const v128_t y1 = wasm_f32x4_mul(wasm_f32x4_convert_i32x4(wasm_i32x4_sub(second, wasm_i32x4_splat(middle * m->sum[o + 1]))), steps);
      float done[2][4];
      wasm_v128_store(done[0], wasm_f32x4_add(wasm_f32x4_mul(y0, wasm_f32x4_splat(m->scale[o])), wasm_f32x4_splat(m->bias[o])));
      wasm_v128_store(done[1], wasm_f32x4_add(wasm_f32x4_mul(y1, wasm_f32x4_splat(m->scale[o + 1])), wasm_f32x4_splat(m->bias[o + 1])));
      for (int r = 0; r < 4 && row + r < count; r++) {
        to[(row + r) * stride + o] = done[0][r];
        to[(row + r) * stride + o + 1] = done[1][r];
      }
    }
  }
}

static void normalise(const Norm *n, const float *from, float *to, int count, int size, int stride) {
  for (int row = 0; row < count; row++) {
    const float *v = from + row * stride;
    float mean = 0, square = 0;
    for (int i = 0; i < size; i++) mean += v[i];
    mean /= size;
    for (int i = 0; i < size; i++) square += (v[i] - mean) * (v[i] - mean);
    const float by = 1.0f / __builtin_sqrtf(square / size + 1e-6f);
    for (int i = 0; i < size; i++) to[row * size + i] = (v[i] - mean) * by * n->scale[i] + n->bias[i];
  }
}

/** Every word looks at every other one; `wide` holds questions, keys and contents, `mixed` gets what was seen. */
static void attend(int count, int size) {
  const int deep = size / HEADS;
  const float by = 1.0f / __builtin_sqrtf((float)deep);
  for (int head = 0; head < HEADS; head++)
    for (int i = 0; i < count; i++) {
      const float *q = wide + i * 3 * size + head * deep;
      float most = -1e30f, sum = 0;
      for (int j = 0; j < count; j++) {
        const float *k = wide + j * 3 * size + size + head * deep;
        float dot = 0;
        for (int d = 0; d < deep; d++) dot += q[d] * k[d];
        shares[j] = dot * by;
        most = shares[j] > most ? shares[j] : most;
      }
      for (int j = 0; j < count; j++) {
        shares[j] = raise(shares[j] - most);
        sum += shares[j];
      }
      float *to = mixed + i * size + head * deep;
      for (int d = 0; d < deep; d++) to[d] = 0;
      for (int j = 0; j < count; j++) {
        const float share = shares[j] / sum;
        const float *v = wide + j * 3 * size + 2 * size + head * deep;
        for (int d = 0; d < deep; d++) to[d] += share * v[d];
      }
    }
}

static void layer(int number, int count) {
  const int size = number == 0 ? IN : WIDE;
  normalise(&norm[number], x, mixed, count, size, size);
  round7(mixed, count, size, size, 64);
  multiply(&qkv[number], count, wide, 3 * size, 64);
  attend(count, size);
  round7(mixed, count, size, size, 64);
  multiply(&out[number], count, h, WIDE, 64);
  if (number == 0) {
    round7(x, count, IN, IN, 64);
    multiply(&adjust, count, mixed, WIDE, 64);
    for (int i = 0; i < count * WIDE; i++) h[i] += mixed[i];
  } else
    for (int i = 0; i < count * WIDE; i++) h[i] += x[i];
  normalise(&ffnNorm[number], h, mixed, count, WIDE, WIDE);
  round7(mixed, count, WIDE, WIDE, 64);
  multiply(&up[number], count, wide, INNER, 64);
  for (int i = 0; i < count * INNER; i++) wide[i] = wide[i] > 0 ? wide[i] : 0;
  round7(wide, count, INNER, INNER, 0);
  multiply(&down[number], count, x, WIDE, 0);
  for (int i = 0; i < count * WIDE; i++) x[i] += h[i];
}

/** Reads `count` numbers of pieces from `input()` and writes the scores of all heads to `output()`. */
void forward(int count) {
  for (int t = 0; t < count; t++) {
    const int8_t *row = rows + ids[t] * IN;
    const float by = 2.0f * rowScale[ids[t]];
    for (int i = 0; i < IN; i++) x[t * IN + i] = by * row[i] + signal[t * IN + i];
  }
  layer(0, count);
  layer(1, count);
  for (int i = 0; i < WIDE; i++) {
    float sum = 0;
    for (int t = 0; t < count; t++) sum += x[t * WIDE + i];
    mixed[i] = sum / count;
  }
  round7(mixed, 1, WIDE, WIDE, 64);
  multiply(&pool, 1, h, WIDE, 64);
  for (int i = 0; i < WIDE; i++) h[i] = squash(h[i]);
  for (int o = 0; o < OUTPUTS; o++) {
    float sum = headBias[o];
    for (int i = 0; i < WIDE; i++) sum += h[i] * headWeight[o * WIDE + i];
    outputs[o] = sum;
  }
}
