package io.vedette.alerts.channel;

import java.util.Arrays;
import java.util.Optional;

/** A language that messages can be in. */
public enum Language {
    ENGLISH("en"),
    CHINESE("zh");

    private final String word;

    Language(String word) {
        this.word = word;
    }

    /** The word in the configuration and in translations' files, as of ISO 639. */
    public String word() {
        return word;
    }

    public static Optional<Language> ofWord(String word) {
        return Arrays.stream(values()).filter(l -> l.word.equals(word)).findFirst();
    }
}
