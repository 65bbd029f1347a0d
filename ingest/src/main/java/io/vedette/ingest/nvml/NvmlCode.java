package io.vedette.ingest.nvml;

import io.vedette.ingest.cards.CardFailure;
import java.util.HashMap;
import java.util.Map;

/** What NVML answers to a call ({@code nvmlReturn_t}), classified once. */
enum NvmlCode {
    SUCCESS(0, "success"),
    UNINITIALIZED(1, "it is not initialized"),
    INVALID_ARGUMENT(2, "an argument is invalid"),
    NOT_SUPPORTED(3, "it is not supported"),
    NO_PERMISSION(4, "there is no permission"),
    NOT_FOUND(6, "it is not found"),
    INSUFFICIENT_SIZE(7, "an array is too short"),
    INSUFFICIENT_POWER(8, "the card's power cables are not attached"),
    DRIVER_NOT_LOADED(9, "the driver is not loaded"),
    TIMEOUT(10, "nothing came in time"),
    IRQ_ISSUE(11, "the kernel has trouble with the card's interrupts"),
    LIBRARY_NOT_FOUND(12, "the library is not found"),
    FUNCTION_NOT_FOUND(13, "the driver does not have this function"),
    CORRUPTED_INFOROM(14, "the card's infoROM is corrupted"),
    GPU_IS_LOST(15, "the card is lost"),
    RESET_REQUIRED(16, "the card must be reset"),
    OPERATING_SYSTEM(17, "the operating system refuses"),
    LIB_RM_VERSION_MISMATCH(18, "the library and the loaded driver differ in version"),
    IN_USE(19, "the card is in use"),
    MEMORY(20, "there is not enough memory"),
    NO_DATA(21, "there is no data"),
    ARGUMENT_VERSION_MISMATCH(25, "the driver does not know this version of an argument"),
    NOT_READY(27, "it is not ready"),
    GPU_NOT_FOUND(28, "no card is found"),
    UNKNOWN(999, "an unknown error"),
    /** A number that had no meaning when this was written. */
    OTHER(-1, "an error of a kind that Vedette does not know");

    private static final Map<Integer, NvmlCode> BY_NUMBER = new HashMap<>();

    static {
        for (NvmlCode code : values()) {
            BY_NUMBER.put(code.number, code);
        }
    }

    private final int number;
    private final String words;

    NvmlCode(int number, String words) {
        this.number = number;
        this.words = words;
    }

    static NvmlCode of(int number) {
        return BY_NUMBER.getOrDefault(number, OTHER);
    }

    /** Whether the card does not answer any more. */
    boolean isLoss() {
        return this == GPU_IS_LOST;
    }

    /** For users: {@code "nvmlInit_v2: there is no permission (NVML error 4)"}. */
    String describe(String call) {
        return call + ": " + words + (this == OTHER ? "" : " (NVML error " + number + ')');
    }

    /** What it means when it is the whole library that answers so. */
    CardFailure failure(String call) {
        return switch (this) {
            case DRIVER_NOT_LOADED, LIBRARY_NOT_FOUND, GPU_NOT_FOUND ->
                new CardFailure(CardFailure.Kind.NO_DRIVER, describe(call));
            case NO_PERMISSION ->
                new CardFailure(
                        CardFailure.Kind.NO_PERMISSION,
                        describe(call) + "; Vedette must be able to open /dev/nvidiactl");
            case LIB_RM_VERSION_MISMATCH ->
                new CardFailure(
                        CardFailure.Kind.FAILED,
                        describe(call)
                                + "; the driver was updated: restart Vedette, or reboot if nvidia-smi says the same");
            default -> new CardFailure(CardFailure.Kind.FAILED, describe(call));
        };
    }
}
