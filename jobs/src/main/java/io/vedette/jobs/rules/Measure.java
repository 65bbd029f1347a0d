package io.vedette.jobs.rules;

import io.vedette.model.signal.Unit;
import java.util.Arrays;
import java.util.Optional;

/** What a number of an expression measures, as far as it can be told: numbers of different measures are not compared. */
public enum Measure {
    SECONDS("seconds", "s"),
    /** From 0 to 1. */
    RATIO("ratio", ""),
    TOKENS("tokens", "tokens"),
    BYTES("bytes", "B"),
    CELSIUS("celsius", "°C"),
    WATTS("watts", "W"),
    HERTZ("hertz", "Hz"),
    COUNT("count", ""),
    PER_SECOND("per_second", "/s"),
    /** A literal, a parameter, or a result whose measure cannot be told; goes with all others. */
    ANY("any", "");

    private final String word;
    private final String symbol;

    Measure(String word, String symbol) {
        this.word = word;
        this.symbol = symbol;
    }

    /** The word in a rule's {@code unit}. */
    public String word() {
        return word;
    }

    /** What an alert event gives as unit. */
    public String symbol() {
        return symbol;
    }

    public static Optional<Measure> ofWord(String word) {
        return Arrays.stream(values()).filter(m -> m.word.equals(word)).findFirst();
    }

    /** What a signal's own values measure. */
    public static Measure of(Unit unit) {
        return switch (unit) {
            case SECONDS -> SECONDS;
            case RATIO -> RATIO;
            case TOKENS -> TOKENS;
            case BYTES -> BYTES;
            case CELSIUS -> CELSIUS;
            case WATTS -> WATTS;
            case HERTZ -> HERTZ;
            case COUNT -> COUNT;
        };
    }

    /** The measure of what is added to, or compared with, another; empty when they do not go together. */
    public Optional<Measure> with(Measure other) {
        if (this == ANY || this == other) {
            return Optional.of(other);
        }
        return other == ANY ? Optional.of(this) : Optional.empty();
    }

    public Measure times(Measure other) {
        return (this == PER_SECOND && other == SECONDS) || (this == SECONDS && other == PER_SECOND) ? COUNT : ANY;
    }

    public Measure dividedBy(Measure other) {
        if (this == COUNT && other == PER_SECOND) {
            return SECONDS;
        }
        return this == COUNT && other == SECONDS ? PER_SECOND : ANY;
    }

    /** The largest number that a measured value can have; the least is 0. */
    public double largest() {
        return this == RATIO ? 1 : Double.POSITIVE_INFINITY;
    }

    /** The measure in a message: {@code "a ratio"}. */
    public String described() {
        return switch (this) {
            case SECONDS -> "seconds";
            case RATIO -> "a ratio";
            case TOKENS -> "tokens";
            case BYTES -> "bytes";
            case CELSIUS -> "a temperature";
            case WATTS -> "a power";
            case HERTZ -> "a clock";
            case COUNT -> "a count";
            case PER_SECOND -> "a rate per second";
            case ANY -> "a number";
        };
    }
}
