package io.vedette.ingest;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether an agent reads the cards of its node. */
public enum CardMode {
    /** Where there is a driver. */
    AUTO,
    /** In any case: without a driver it is an error. */
    ENABLED,
    DISABLED;

    /** The word in a configuration. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<CardMode> ofWord(String word) {
        return Arrays.stream(values()).filter(mode -> mode.word().equals(word)).findFirst();
    }
}
