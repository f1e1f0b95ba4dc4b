// Fuzzes the decoders within libSkiaSharp, which is not instrumented: each basic block has a breakpoint until it is reached once, so that a
// file which reaches a new one is known and kept. Each file is decoded twice, into memory of other content.
// usage: skia_coverage LIBRARY BLOCKS CORPUS SECONDS SEED   (BLOCKS: hexadecimal offsets, a line each; see native.sh)
// A crash or a hang leaves the file in CORPUS/crash and ends the process; pixels that differ leave it in CORPUS/memory-N; files that reached
// something new are kept in CORPUS/kept-N, for another run or for valgrind (with an empty list of BLOCKS).
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

enum { MOST_FILES = 20000, MOST_BYTES = 1 << 16, MOST_PIXELS = 1 << 22, BGRA = 6, UNPREMULTIPLIED = 3, LONGEST_SECONDS = 10 };

typedef struct { void *colour_space; int32_t width, height, colour, alpha; } image_info;
static void *(*new_data)(const void *, size_t), *(*new_codec)(void *);
static void (*free_data)(void *), (*free_codec)(void *), (*get_info)(void *, image_info *);
static int (*get_pixels)(void *, image_info *, void *, size_t, void *);

static uint8_t *base, *blocks;
static size_t text_end;
static long reached, runs, decoded;
static uint64_t state;
static struct { uint8_t *bytes; int length; } corpus[MOST_FILES];
static int files, given;
static uint8_t file[MOST_BYTES];
static int length;
static const char *folder;

static uint32_t below(uint32_t end)
{
    state += 0x9E3779B97F4A7C15;
    uint64_t z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return end ? (uint32_t)((z ^ (z >> 31)) % end) : 0;
}

static void keep(const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    int target = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0644);
    if (target < 0 || write(target, file, length) != length) _exit(3);
    close(target);
}

static void on_breakpoint(int signal, siginfo_t *info, void *context)
{
    (void)signal; (void)info;
    greg_t *rip = &((ucontext_t *)context)->uc_mcontext.gregs[REG_RIP];
    size_t offset = (size_t)(*rip - 1 - (greg_t)base);
    if (offset >= text_end || !blocks[offset]) { keep("crash"); _exit(4); }
    base[offset] = blocks[offset];
    blocks[offset] = 0;
    reached++;
    *rip -= 1;
}

static void on_crash(int signal)
{
    keep("crash");
    _exit(128 + signal);
}

static void set_breakpoints(const char *path)
{
    FILE *list = fopen(path, "r");
    size_t offset, first = SIZE_MAX;
    if (!list) exit(2);
    while (fscanf(list, "%zx", &offset) == 1) {
        if (offset < first) first = offset;
        if (offset >= text_end) text_end = offset + 1;
    }
    if (text_end == 0) return;
    blocks = calloc(text_end, 1);
    uint8_t *start = (uint8_t *)((uintptr_t)(base + first) & ~4095ul);
    if (mprotect(start, base + text_end - start + 4096, PROT_READ | PROT_WRITE | PROT_EXEC)) { perror("mprotect"); exit(2); }
    rewind(list);
    while (fscanf(list, "%zx", &offset) == 1)
        if (!blocks[offset] && base[offset] != 0xCC) { blocks[offset] = base[offset]; base[offset] = 0xCC; }
    fclose(list);
}

static uint64_t decode(int content, int *has_pixels)
{
    uint64_t hash = 14695981039346656037u;
    *has_pixels = 0;
    mallopt(M_PERTURB, content);
    void *data = new_data(file, length), *codec = new_codec(data);
    if (codec) {
        image_info info;
        get_info(codec, &info);
        long pixels = (long)info.width * info.height;
        if (pixels > 0 && pixels <= MOST_PIXELS) {
            info.colour_space = NULL; info.colour = BGRA; info.alpha = UNPREMULTIPLIED;
            uint8_t *target = malloc(4 * pixels);
            memset(target, content, 4 * pixels);
            if (get_pixels(codec, &info, target, 4 * (size_t)info.width, NULL) == 0) {
                *has_pixels = 1;
                for (long i = 0; i < 4 * pixels; i++) hash = (hash ^ target[i]) * 1099511628211u;
            }
            free(target);
        }
        free_codec(codec);
    }
    free_data(data);
    return hash;
}

static void mutate(void)
{
    int from = below(files);
    length = corpus[from].length;
    memcpy(file, corpus[from].bytes, length);
    for (int times = 1 << below(5); times > 0; times--) {
        int at = below(length), size = 1 + below(32), other = below(files);
        switch (below(7)) {
            case 0: file[at] ^= 1 << below(8); break;
            case 1: file[at] = below(256); break;
            case 2: if (length > 20) length = 20 + below(length - 20); break;
            case 3: if (at + size <= length && at + size <= corpus[other].length) memcpy(file + at, corpus[other].bytes + at, size); break;
            case 4: if (length + size <= MOST_BYTES) { memmove(file + at + size, file + at, length - at); length += size; } break;
            case 5: if (at + size < length) { memmove(file + at, file + at + size, length - at - size); length -= size; } break;
            default: file[at] += below(2) ? 1 : 255; break;
        }
    }
}

// Only JPEG and WebP are handed to Skia.
static int is_wanted(void)
{
    return length >= 20 && (!memcmp(file, "\xFF\xD8\xFF", 3) || (!memcmp(file, "RIFF", 4) && !memcmp(file + 8, "WEBP", 4)));
}

static void try_file(void)
{
    if (!is_wanted()) return;
    long before = reached;
    int first_pixels, second_pixels;
    alarm(LONGEST_SECONDS);
    uint64_t first = decode(0x55, &first_pixels), second = decode(0xA3, &second_pixels);
    alarm(0);
    runs++;
    decoded += first_pixels;
    if (first != second || first_pixels != second_pixels) {
        char name[64];
        snprintf(name, sizeof name, "memory-%ld", runs);
        keep(name);
        printf("memory that was not written: %s\n", name);
    }
    if (reached == before || files == MOST_FILES) return;
    char name[64];
    snprintf(name, sizeof name, "kept-%d", files);
    if (files >= given) keep(name);
    corpus[files].bytes = memcpy(malloc(length), file, length);
    corpus[files++].length = length;
}

static void read_corpus(void)
{
    DIR *list = opendir(folder);
    for (struct dirent *entry; list && (entry = readdir(list));) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        FILE *source = fopen(path, "rb");
        length = source ? (int)fread(file, 1, MOST_BYTES, source) : 0;
        if (source) fclose(source);
        if (length < 20) continue;
        corpus[files].bytes = memcpy(malloc(length), file, length);
        corpus[files++].length = length;
    }
}

int main(int count, char **arguments)
{
    if (count != 6) return 2;
    folder = arguments[3];
    state = strtoull(arguments[5], NULL, 10);
    void *library = dlopen(arguments[1], RTLD_NOW);
    if (!library) { fprintf(stderr, "%s\n", dlerror()); return 2; }
    new_data = dlsym(library, "sk_data_new_with_copy"); free_data = dlsym(library, "sk_data_unref");
    new_codec = dlsym(library, "sk_codec_new_from_data"); free_codec = dlsym(library, "sk_codec_destroy");
    get_info = dlsym(library, "sk_codec_get_info"); get_pixels = dlsym(library, "sk_codec_get_pixels");
    Dl_info where;
    if (!get_pixels || !dladdr(get_pixels, &where)) return 2;
    base = where.dli_fbase;

    struct sigaction trap = { .sa_sigaction = on_breakpoint, .sa_flags = SA_SIGINFO };
    sigaction(SIGTRAP, &trap, NULL);
    int fatal[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGALRM };
    for (int i = 0; i < 6; i++) signal(fatal[i], on_crash);

    read_corpus();
    if (files == 0) return 2;
    set_breakpoints(arguments[2]);
    given = files;
    for (int i = 0; i < given; i++) { length = corpus[i].length; memcpy(file, corpus[i].bytes, length); try_file(); }
    long from_seeds = reached;
    for (time_t end = time(NULL) + atol(arguments[4]); time(NULL) < end;) { mutate(); try_file(); }
    printf("%ld files, %ld decoded, %ld blocks reached by %d seeds, %ld at the end, %d files kept\n", runs, decoded, from_seeds, given, reached, files);
    return 0;
}
