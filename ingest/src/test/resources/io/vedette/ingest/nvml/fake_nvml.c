/*
 * A libnvidia-ml.so.1 for machines without cards: NVML's functions as nvml.h declares them, answered from a text file that is read at each call. Its name
 * is in FAKE_NVML, its lines are "KEY VALUE":
 *
 *   driver 580.95.05             what nvmlSystemGetDriverVersion says
 *   cards 2                      how many there are
 *   0.uuid GPU-…                 of card 0, likewise name, pci, minor, and each number that is read; a number that is missing is NOT_SUPPORTED
 *   0.mig 2                      how many places for MIG instances it has; 0.mig.1.uuid, 0.mig.1.name, 0.mig.1.total, … of the one in place 1
 *   0.processes 4711:1024,…      pid:bytes; "-" for bytes is NVML_VALUE_NOT_AVAILABLE
 *   fail.FUNCTION 4              what FUNCTION returns; 0.fail.FUNCTION of card 0 alone; 0.lost 1 makes everything of card 0 return GPU_IS_LOST
 *   hang.FUNCTION 1              FUNCTION does not return while this stands there; 0.hang.FUNCTION of card 0 alone
 *   xid.7 0:79                   the seventh event is XID 79 of card 0
 *
 * With -DOLD it is that of a driver which lacks what came after release 460; with -DANCIENT it lacks nvmlInit_v2, too.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef int nvmlReturn_t;
typedef void *nvmlDevice_t;
typedef void *nvmlEventSet_t;

enum { SUCCESS = 0, NOT_SUPPORTED = 3, NOT_FOUND = 6, INSUFFICIENT_SIZE = 7, TIMEOUT = 10, GPU_IS_LOST = 15, ARGUMENT_VERSION_MISMATCH = 25 };

typedef struct { unsigned int gpu, memory; } nvmlUtilization_t;
typedef struct { unsigned long long total, free, used; } nvmlMemory_t;
typedef struct { unsigned int version; unsigned long long total, reserved, free, used; } nvmlMemory_v2_t;
typedef struct { unsigned int version; int sensorType; int temperature; } nvmlTemperature_t;
typedef struct { char busIdLegacy[16]; unsigned int domain, bus, device, pciDeviceId, pciSubSystemId; char busId[32]; } nvmlPciInfo_t;
typedef struct { unsigned int pid; unsigned long long usedGpuMemory; unsigned int gpuInstanceId, computeInstanceId; } nvmlProcessInfo_t;
typedef struct { nvmlDevice_t device; unsigned long long eventType, eventData; unsigned int gpuInstanceId, computeInstanceId; } nvmlEventData_t;
typedef struct {
    unsigned int fieldId, scopeId;
    long long timestamp, latencyUsec;
    int valueType;
    nvmlReturn_t nvmlReturn;
    union { double dVal; unsigned int uiVal; unsigned long long ullVal; } value;
} nvmlFieldValue_t;

/* What the file says; the value is cut at the line's end. */
static int find(const char *key, char *value, size_t size) {
    const char *path = getenv("FAKE_NVML");
    FILE *file = path ? fopen(path, "r") : NULL;
    char line[4096];
    size_t length = strlen(key);
    int found = 0;
    while (file && !found && fgets(line, sizeof line, file)) {
        if (!strncmp(line, key, length) && line[length] == ' ') {
            line[strcspn(line, "\n")] = 0;
            snprintf(value, size, "%s", line + length + 1);
            found = 1;
        }
    }
    if (file) fclose(file);
    return found;
}

static int number(const char *key, unsigned long long *value) {
    char text[4096];
    if (!find(key, text, sizeof text)) return 0;
    *value = strtoull(text, NULL, 0);
    return 1;
}

/* Whose function it is: "0." or "0.mig.1.". */
static void prefix(nvmlDevice_t device, char *text) {
    unsigned long handle = (unsigned long) device;
    if (handle >= 0x10000) sprintf(text, "%lu.mig.%lu.", (handle - 0x10000) / 16, (handle - 0x10000) % 16);
    else sprintf(text, "%lu.", handle - 0x1000);
}

static int matters(const char *of, const char *what, const char *function) {
    char key[256];
    unsigned long long code = 0;
    snprintf(key, sizeof key, "%s%s.%s", of, what, function);
    if (number(key, &code)) return (int) code;
    snprintf(key, sizeof key, "%s%s.*", of, what);
    return number(key, &code) ? (int) code : 0;
}

static int enter(const char *function, nvmlDevice_t device) {
    char of[64] = "", key[80];
    unsigned long long lost = 0;
    if (device) prefix(device, of);
    while (matters("", "hang", function) || matters(of, "hang", function)) usleep(10000);
    snprintf(key, sizeof key, "%slost", of);
    if (device && number(key, &lost) && lost) return GPU_IS_LOST;
    int code = matters("", "fail", function);
    return code ? code : matters(of, "fail", function);
}

#define ENTER(device) \
    do { \
        int refused = enter(__func__, device); \
        if (refused) return refused; \
    } while (0)

static nvmlReturn_t number_of(nvmlDevice_t device, const char *name, unsigned long long *value) {
    char key[128];
    prefix(device, key);
    strcat(key, name);
    return number(key, value) ? SUCCESS : NOT_SUPPORTED;
}

static nvmlReturn_t uint_of(nvmlDevice_t device, const char *name, unsigned int *value) {
    unsigned long long found = 0;
    nvmlReturn_t code = number_of(device, name, &found);
    if (code == SUCCESS) *value = (unsigned int) found;
    return code;
}

static nvmlReturn_t text_of(nvmlDevice_t device, const char *name, char *text, unsigned int length) {
    char key[128], value[4096];
    prefix(device, key);
    strcat(key, name);
    if (!find(key, value, sizeof value)) return NOT_SUPPORTED;
    if (strlen(value) >= length) return INSUFFICIENT_SIZE;
    strcpy(text, value);
    return SUCCESS;
}

#ifndef ANCIENT
nvmlReturn_t nvmlInit_v2(void) { ENTER(NULL); return SUCCESS; }
#endif
nvmlReturn_t nvmlShutdown(void) { ENTER(NULL); return SUCCESS; }

nvmlReturn_t nvmlSystemGetDriverVersion(char *version, unsigned int length) {
    char value[4096];
    ENTER(NULL);
    if (!find("driver", value, sizeof value)) return NOT_SUPPORTED;
    snprintf(version, length, "%s", value);
    return SUCCESS;
}

nvmlReturn_t nvmlDeviceGetCount_v2(unsigned int *count) {
    unsigned long long cards = 0;
    ENTER(NULL);
    number("cards", &cards);
    *count = (unsigned int) cards;
    return SUCCESS;
}

nvmlReturn_t nvmlDeviceGetHandleByIndex_v2(unsigned int index, nvmlDevice_t *device) {
    ENTER((nvmlDevice_t) (0x1000ul + index));
    *device = (nvmlDevice_t) (0x1000ul + index);
    return SUCCESS;
}

nvmlReturn_t nvmlDeviceGetUUID(nvmlDevice_t device, char *text, unsigned int length) { ENTER(device); return text_of(device, "uuid", text, length); }
nvmlReturn_t nvmlDeviceGetName(nvmlDevice_t device, char *text, unsigned int length) { ENTER(device); return text_of(device, "name", text, length); }
nvmlReturn_t nvmlDeviceGetMinorNumber(nvmlDevice_t device, unsigned int *minor) { ENTER(device); return uint_of(device, "minor", minor); }

nvmlReturn_t nvmlDeviceGetPciInfo_v3(nvmlDevice_t device, nvmlPciInfo_t *pci) { ENTER(device); memset(pci, 'x', sizeof *pci); return text_of(device, "pci", pci->busId, 32); }

nvmlReturn_t nvmlDeviceGetUtilizationRates(nvmlDevice_t device, nvmlUtilization_t *utilization) {
    ENTER(device);
    nvmlReturn_t code = uint_of(device, "gpu_util", &utilization->gpu);
    return code ? code : uint_of(device, "mem_util", &utilization->memory);
}

nvmlReturn_t nvmlDeviceGetMemoryInfo(nvmlDevice_t device, nvmlMemory_t *memory) {
    unsigned long long reserved = 0;
    ENTER(device);
    number_of(device, "reserved", &reserved);
    nvmlReturn_t code = number_of(device, "total", &memory->total);
    if (!code) code = number_of(device, "used", &memory->used);
    memory->used += reserved;
    return code ? code : number_of(device, "free", &memory->free);
}

nvmlReturn_t nvmlDeviceGetTemperature(nvmlDevice_t device, int sensor, unsigned int *temperature) { ENTER(device); return uint_of(device, "temp", temperature); }

nvmlReturn_t nvmlDeviceGetTemperatureThreshold(nvmlDevice_t device, int kind, unsigned int *temperature) {
    ENTER(device);
    return uint_of(device, kind == 0 ? "shutdown_temp" : kind == 1 ? "slowdown_temp" : "other_temp", temperature);
}

nvmlReturn_t nvmlDeviceGetPowerUsage(nvmlDevice_t device, unsigned int *power) { ENTER(device); return uint_of(device, "power", power); }
nvmlReturn_t nvmlDeviceGetPowerManagementLimit(nvmlDevice_t device, unsigned int *limit) { ENTER(device); return uint_of(device, "power_limit", limit); }
nvmlReturn_t nvmlDeviceGetEnforcedPowerLimit(nvmlDevice_t device, unsigned int *limit) { ENTER(device); return uint_of(device, "enforced_limit", limit); }
nvmlReturn_t nvmlDeviceGetClockInfo(nvmlDevice_t device, int kind, unsigned int *clock) { ENTER(device); return uint_of(device, kind == 1 ? "sm" : "mem", clock); }
nvmlReturn_t nvmlDeviceGetMaxClockInfo(nvmlDevice_t device, int kind, unsigned int *clock) { ENTER(device); return uint_of(device, kind == 1 ? "max_sm" : "max_mem", clock); }
nvmlReturn_t nvmlDeviceGetCurrPcieLinkGeneration(nvmlDevice_t device, unsigned int *generation) { ENTER(device); return uint_of(device, "pcie_gen", generation); }
nvmlReturn_t nvmlDeviceGetCurrPcieLinkWidth(nvmlDevice_t device, unsigned int *width) { ENTER(device); return uint_of(device, "pcie_width", width); }
nvmlReturn_t nvmlDeviceGetPcieThroughput(nvmlDevice_t device, int kind, unsigned int *value) { ENTER(device); return uint_of(device, kind == 0 ? "pcie_tx" : "pcie_rx", value); }

nvmlReturn_t nvmlDeviceGetTotalEccErrors(nvmlDevice_t device, int kind, int counter, unsigned long long *count) {
    ENTER(device);
    return number_of(device, counter == 0 ? kind == 0 ? "ecc_corrected" : "ecc_uncorrected" : "ecc_aggregate", count);
}

static nvmlReturn_t processes(nvmlDevice_t device, const char *which, unsigned int *count, nvmlProcessInfo_t *infos) {
    char text[4096];
    unsigned int found = 0;
    if (text_of(device, which, text, sizeof text)) { *count = 0; return SUCCESS; }
    for (char *part = strtok(text, ","); part; part = strtok(NULL, ","), found++) {
        char *bytes = strchr(part, ':');
        if (found >= *count) return INSUFFICIENT_SIZE;
        infos[found].pid = (unsigned int) atol(part);
        infos[found].usedGpuMemory = bytes[1] == '-' ? ~0ull : strtoull(bytes + 1, NULL, 0);
    }
    *count = found;
    return SUCCESS;
}

nvmlReturn_t nvmlDeviceGetComputeRunningProcesses_v2(nvmlDevice_t device, unsigned int *count, nvmlProcessInfo_t *infos) { ENTER(device); return processes(device, "processes", count, infos); }

nvmlReturn_t nvmlEventSetCreate(nvmlEventSet_t *set) { ENTER(NULL); *set = calloc(1, sizeof(long)); return SUCCESS; }
nvmlReturn_t nvmlEventSetFree(nvmlEventSet_t set) { ENTER(NULL); return SUCCESS; }
nvmlReturn_t nvmlDeviceRegisterEvents(nvmlDevice_t device, unsigned long long types, nvmlEventSet_t set) { ENTER(device); return types == 8 ? SUCCESS : NOT_SUPPORTED; }

static nvmlReturn_t next_event(nvmlEventData_t *event) {
    static long told;
    char key[64], text[4096];
    snprintf(key, sizeof key, "xid.%ld", told + 1);
    if (!find(key, text, sizeof text)) return TIMEOUT;
    told++;
    event->device = (nvmlDevice_t) (0x1000ul + strtoul(text, NULL, 0));
    event->eventType = 8;
    event->eventData = strtoull(strchr(text, ':') + 1, NULL, 0);
    return SUCCESS;
}

nvmlReturn_t nvmlEventSetWait(nvmlEventSet_t set, nvmlEventData_t *event, unsigned int timeout) { ENTER(NULL); return next_event(event); }

#ifdef OLD
nvmlReturn_t nvmlDeviceGetCurrentClocksThrottleReasons(nvmlDevice_t device, unsigned long long *reasons) { ENTER(device); return number_of(device, "reasons", reasons); }
#else
nvmlReturn_t nvmlEventSetWait_v2(nvmlEventSet_t set, nvmlEventData_t *event, unsigned int timeout) { ENTER(NULL); return next_event(event); }
nvmlReturn_t nvmlDeviceGetCurrentClocksEventReasons(nvmlDevice_t device, unsigned long long *reasons) { ENTER(device); return number_of(device, "reasons", reasons); }
nvmlReturn_t nvmlDeviceGetComputeRunningProcesses_v3(nvmlDevice_t device, unsigned int *count, nvmlProcessInfo_t *infos) { ENTER(device); return processes(device, "processes", count, infos); }
nvmlReturn_t nvmlDeviceGetGraphicsRunningProcesses_v3(nvmlDevice_t device, unsigned int *count, nvmlProcessInfo_t *infos) { ENTER(device); return processes(device, "graphics", count, infos); }

nvmlReturn_t nvmlDeviceGetMemoryInfo_v2(nvmlDevice_t device, nvmlMemory_v2_t *memory) {
    ENTER(device);
    if (memory->version != (sizeof *memory | 2u << 24)) return ARGUMENT_VERSION_MISMATCH;
    nvmlReturn_t code = number_of(device, "total", &memory->total);
    if (!code) code = number_of(device, "used", &memory->used);
    if (!code) code = number_of(device, "free", &memory->free);
    return code ? code : number_of(device, "reserved", &memory->reserved);
}

nvmlReturn_t nvmlDeviceGetTemperatureV(nvmlDevice_t device, nvmlTemperature_t *temperature) {
    ENTER(device);
    if (temperature->version != (sizeof *temperature | 1u << 24)) return ARGUMENT_VERSION_MISMATCH;
    return uint_of(device, "temp", (unsigned int *) &temperature->temperature);
}

nvmlReturn_t nvmlDeviceGetRemappedRows(nvmlDevice_t device, unsigned int *corrected, unsigned int *uncorrected, unsigned int *pending, unsigned int *failed) {
    ENTER(device);
    nvmlReturn_t code = uint_of(device, "rows_corrected", corrected);
    if (!code) code = uint_of(device, "rows_uncorrected", uncorrected);
    if (!code) code = uint_of(device, "rows_pending", pending);
    return code ? code : uint_of(device, "rows_failed", failed);
}

nvmlReturn_t nvmlDeviceGetFieldValues(nvmlDevice_t device, int count, nvmlFieldValue_t *values) {
    ENTER(device);
    for (int i = 0; i < count; i++) {
        char name[32];
        unsigned long long value = 0;
        snprintf(name, sizeof name, "field.%u", values[i].fieldId);
        values[i].nvmlReturn = number_of(device, name, &value);
        values[i].valueType = 3;
        values[i].value.ullVal = value;
    }
    return SUCCESS;
}

nvmlReturn_t nvmlDeviceGetMigMode(nvmlDevice_t device, unsigned int *current, unsigned int *pending) {
    unsigned int places = 0;
    ENTER(device);
    nvmlReturn_t code = uint_of(device, "mig", &places);
    *current = *pending = places > 0;
    return code;
}

nvmlReturn_t nvmlDeviceGetMaxMigDeviceCount(nvmlDevice_t device, unsigned int *count) { ENTER(device); return uint_of(device, "mig", count); }

nvmlReturn_t nvmlDeviceGetMigDeviceHandleByIndex(nvmlDevice_t device, unsigned int place, nvmlDevice_t *instance) {
    char uuid[96], name[32];
    ENTER(device);
    snprintf(name, sizeof name, "mig.%u.uuid", place);
    if (text_of(device, name, uuid, sizeof uuid)) return NOT_FOUND;
    *instance = (nvmlDevice_t) (0x10000ul + ((unsigned long) device - 0x1000) * 16 + place);
    return SUCCESS;
}

nvmlReturn_t nvmlDeviceGetGpuInstanceId(nvmlDevice_t device, unsigned int *number) { ENTER(device); return uint_of(device, "instance", number); }
#endif
