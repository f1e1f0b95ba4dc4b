#!/usr/bin/env bash
# Masks of JPEG files in five ways, on the same models and files, one after the other on the same machine: (a) ML.NET's own parts, (b)
# SegmentImage, (c) mlseg segment writing PNGs, (d) the network alone on a tensor that is ready, as the limit, (e) onnxruntime-node with sharp,
# fetched by npm. Then a model from elsewhere by (b) and (e). Prints images a second and the peak of memory. Takes about eight minutes. Usage: bench/scoring.sh PHOTOGRAPHS [COUNT], a
# folder of at least twelve JPEG files of 480×360 pixels, such as CamVid's test part.
set -euo pipefail
source "$(dirname "$0")/scoring_setup.sh" "$1"
count=${2:-60}
dotnet build -c Release --nologo -v quiet ../src/MLSegmentation.Cli
mlseg=$(find_program ../src/MLSegmentation.Cli mlseg)
cp scoring.mjs scoring_foreign.mjs "$work"
(cd "$work" && npm init -y >/dev/null && npm install --silent onnxruntime-node sharp >/dev/null)
line='%-18s%-12s%-32s%-12s%s\n'
printf "$line" model images way 'images/s' 'peak MiB'
for model in fcn-compact-512 fcn-vgg16-224; do
  for size in 1920x1080 480x360; do
    onnx=$work/models/$model.onnx images=$work/images/$size
    report() { printf "$line" "$model" "$size" "$1" $2; }
    report '(a) ML.NET stock' "$("$program" stock "$onnx" "$images" "$count")"
    report '(b) SegmentImage' "$("$program" segment-image "$onnx" "$images" "$count")"
    report '(b) with masks of image size' "$("$program" segment-image-whole "$onnx" "$images" "$count")"
    report '(c) mlseg segment' "$("$program" command "$images" "$count" "$mlseg" segment --model "$onnx" --images {images} --out {out} --mask-size network)"
    report '(d) network alone' "$("$program" session "$onnx" "$images" "$count")"
    report '(e) onnxruntime-node and sharp' "$(cd "$work" && node scoring.mjs "$onnx" "$images" "$count" "${model##*-}")"
  done
done
foreign=$work/models/foreground-1024.onnx
for size in 1920x1080 480x360; do
  images=$work/images/$size
  report() { printf "$line" foreground-1024 "$size" "$1" $2; }
  report '(b) with masks of image size' "$("$program" segment-image-foreign "$foreign" "$images" "$count")"
  report '(e) onnxruntime-node and sharp' "$(cd "$work" && node scoring_foreign.mjs "$foreign" "$images" "$count" 1024)"
done
