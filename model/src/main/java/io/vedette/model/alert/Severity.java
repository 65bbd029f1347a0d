package io.vedette.model.alert;

import java.util.Arrays;
import java.util.Optional;

/** How bad an alert is; the later, the worse. */
public enum Severity {
    INFO("info"),
    WARNING("warning"),
    CRITICAL("critical");

    private final String word;

    Severity(String word) {
        this.word = word;
    }

    /** The word in rules, events and labels. */
    public String word() {
        return word;
    }

    public static Optional<Severity> ofWord(String word) {
        return Arrays.stream(values()).filter(s -> s.word.equals(word)).findFirst();
    }
}
