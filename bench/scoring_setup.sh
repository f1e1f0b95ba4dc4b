# Sourced by scoring.sh and many_images.sh with the folder of photographs: goes to this folder, and makes the program, and the models and images
# in a folder of temporary files, $work, that goes when the script ends.
export ORT_DISABLE_TELEMETRY=1
photographs=$(realpath "$1")
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
find_program() { realpath "$(find "$1/bin/Release" -name "$2" -type f -perm -u+x | head -n 1)"; }
dotnet build -c Release --nologo -v quiet Scoring
program=$(find_program Scoring Scoring)
"$program" models "$work/models"
"$program" images "$photographs" "$work/images" 40
