#!/usr/bin/env bash
# Processor time to decode a photograph of 1920×1080 in the formats that are read by code of our own, against Skia.
# usage: bench/image_decoding.sh PHOTOGRAPH   (needs ImageMagick's convert)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
convert "$1" -resize '1920x1080!' "$folder.ppm"
make() { convert "$folder.ppm" "${@:2}" "$1"; }
make "PNG24:$folder/rgb.png"
make "PNG32:$folder/rgba.png" -alpha set -channel A -evaluate set 60% +channel
make "PNG8:$folder/palette.png" -colors 256
make "$folder/gray.png" -colorspace Gray -depth 8
make "PNG48:$folder/rgb16.png" -depth 16
make "BMP3:$folder/rgb24.bmp"
make "BMP3:$folder/palette.bmp" -colors 256 -type Palette
make "BMP3:$folder/runs.bmp" -colors 200 -compress RLE
make "$folder/palette.gif" -colors 256
rm "$folder.ppm"
dotnet run -c Release --project bench/ImageDecoding -- "$folder"
