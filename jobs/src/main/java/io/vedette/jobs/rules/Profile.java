package io.vedette.jobs.rules;

import java.util.Arrays;
import java.util.Optional;

/** What is normal for a model: rules say to which profiles they apply. */
public enum Profile {
    /** People wait for the answer. */
    INTERACTIVE("interactive"),
    /** Answers are long on purpose. */
    REASONING("reasoning"),
    /** Queues and caches are full on purpose. */
    BATCH("batch");

    private final String word;

    Profile(String word) {
        this.word = word;
    }

    /** The word in rules and configuration. */
    public String word() {
        return word;
    }

    public static Optional<Profile> ofWord(String word) {
        return Arrays.stream(values()).filter(p -> p.word.equals(word)).findFirst();
    }
}
