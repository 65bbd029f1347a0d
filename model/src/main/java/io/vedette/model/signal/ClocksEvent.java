package io.vedette.model.signal;

import java.util.Arrays;
import java.util.Optional;

/** Why a card's clocks are not at their maximum: NVML's clocks-event reasons (throttle reasons before driver 535), several of which may hold at once. */
public enum ClocksEvent {
    /** Nothing runs. */
    GPU_IDLE("gpu_idle", 0x1),
    /** As set by the user. */
    APPLICATIONS_CLOCKS_SETTING("applications_clocks_setting", 0x2),
    /** The power limit: normal under load. */
    SW_POWER_CAP("sw_power_cap", 0x4),
    /** Temperature, power brake or a fast drop of voltage: the hardware halves the clocks, or more. */
    HW_SLOWDOWN("hw_slowdown", 0x8),
    /** Kept level with the other cards of a sync boost group. */
    SYNC_BOOST("sync_boost", 0x10),
    /** Temperature, by the driver. */
    SW_THERMAL_SLOWDOWN("sw_thermal_slowdown", 0x20),
    /** Temperature, by the hardware. */
    HW_THERMAL_SLOWDOWN("hw_thermal_slowdown", 0x40),
    /** The power supply asks for it. */
    HW_POWER_BRAKE("hw_power_brake", 0x80),
    DISPLAY_CLOCK_SETTING("display_clock_setting", 0x100);

    private final String word;
    private final long bit;

    ClocksEvent(String word, long bit) {
        this.word = word;
        this.bit = bit;
    }

    /** NVML's name for it in small letters: the value of the label {@code reason}. */
    public String word() {
        return word;
    }

    /** Whether a mask of NVML's has it. */
    public boolean isIn(long mask) {
        return (mask & bit) != 0;
    }

    public static Optional<ClocksEvent> ofWord(String word) {
        return Arrays.stream(values()).filter(e -> e.word.equals(word)).findFirst();
    }
}
