package io.vedette.jobs.life;

import io.vedette.jobs.rules.Level;
import io.vedette.jobs.rules.Truth;
import io.vedette.model.alert.Severity;
import io.vedette.model.frame.Frame;
import java.util.Arrays;
import java.util.Optional;

/**
 * How an entity stands to a level that is marked {@code misfit}: whether its condition has ever been seen false. One that would fire without that has
 * limits that do not fit the entity. Spans are counted in frames.
 *
 * @param heldMillis while unseen: how long the condition has been true over a window that is covered; {@link #NOT} where it has not been
 * @param falseMillis how long it has been false since it was last true; {@link #NOT} where it has not been
 * @param revision of the level by which a misfit was last judged; 0 for others
 */
public record Fitness(
        String ruleId, Severity severity, Standing standing, long heldMillis, long falseMillis, long revision) {
    /** A span that has not begun. */
    public static final long NOT = -1;

    /** How long the condition of a misfit must be false before its level alerts like any other. */
    static final long FITS_AFTER_MILLIS = 300_000;

    /** What is known. */
    public enum Standing {
        /** The condition has not been seen false for long enough, nor true. */
        UNSEEN("unseen"),
        /** It has been seen false: the level alerts. */
        FITS("fits"),
        /** It has been true ever since it was first looked at: the level does not alert. */
        MISFIT("misfit");

        private final String word;

        Standing(String word) {
            this.word = word;
        }

        /** The word in checkpoints. */
        public String word() {
            return word;
        }

        public static Optional<Standing> ofWord(String word) {
            return Arrays.stream(values()).filter(s -> s.word.equals(word)).findFirst();
        }
    }

    static Fitness of(String ruleId, Severity severity, Standing standing) {
        return new Fitness(ruleId, severity, standing, NOT, NOT, 0);
    }

    boolean isOf(String id, Severity level) {
        return severity == level && ruleId.equals(id);
    }

    /**
     * The standing after a frame.
     *
     * @param truth of the level's condition; unknown where it can't be judged
     * @param covered whether the level's window is
     * @param windowMillis length of that window
     */
    Fitness next(Truth truth, boolean covered, long windowMillis, Level level) {
        return switch (standing) {
            case FITS -> this;
            case UNSEEN -> unseen(truth, covered, windowMillis, level);
            case MISFIT -> misfit(truth, level);
        };
    }

    /** What is seen of half a window tells that it is false, but not yet that it is true. */
    private Fitness unseen(Truth truth, boolean covered, long windowMillis, Level level) {
        return switch (truth) {
            case UNKNOWN -> this;
            case FALSE -> {
                long falseFor = longer(falseMillis);
                yield covered || falseFor >= windowMillis / 2
                        ? of(ruleId, severity, Standing.FITS)
                        : new Fitness(ruleId, severity, standing, NOT, falseFor, 0);
            }
            case TRUE -> {
                long heldFor = covered ? longer(heldMillis) : NOT;
                yield covered && heldFor >= level.forMillis()
                        ? new Fitness(
                                ruleId,
                                severity,
                                Standing.MISFIT,
                                NOT,
                                NOT,
                                level.notes().revision())
                        : new Fitness(ruleId, severity, standing, heldFor, NOT, 0);
            }
        };
    }

    private Fitness misfit(Truth truth, Level level) {
        long now = level.notes().revision();
        return switch (truth) {
            case UNKNOWN -> this;
            case TRUE ->
                falseMillis == NOT && revision == now ? this : new Fitness(ruleId, severity, standing, NOT, NOT, now);
            case FALSE -> {
                long falseFor = longer(falseMillis);
                yield falseFor >= FITS_AFTER_MILLIS || revision != now
                        ? of(ruleId, severity, Standing.FITS)
                        : new Fitness(ruleId, severity, standing, NOT, falseFor, revision);
            }
        };
    }

    private static long longer(long span) {
        return span == NOT ? 0 : span + Frame.TICK_MILLIS;
    }
}
