#!/bin/sh
# Builds the encoder's forward pass (clang 16 or later with lld) into the file that ships.
set -eu
cd "$(dirname "$0")/../../src/listening/text/accurate/wasm"
${CLANG:-clang-16} --target=wasm32 -O3 -ffast-math -fno-math-errno -nostdlib -ffreestanding -msimd128 -mrelaxed-simd -mbulk-memory \
  -Wl,--no-entry,--export=base,--export=setup,--export=input,--export=output,--export=forward,--initial-memory=16777216,-z,stack-size=65536 \
  -o encoder.wasm encoder.c
ls -l encoder.wasm
