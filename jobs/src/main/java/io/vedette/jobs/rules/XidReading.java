package io.vedette.jobs.rules;

import io.vedette.jobs.xid.Xid;
import io.vedette.jobs.xid.XidClass;
import io.vedette.jobs.xid.XidHistory;
import io.vedette.model.frame.Window;
import io.vedette.model.signal.Signal;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How many times a card had XIDs; NaN where nobody looks for them. Those that come within minutes of each other are one time.
 *
 * @param className word of the {@link XidClass} that is counted; null for all that are more than informational
 */
record XidReading(@Nullable String className, Span span) implements Reading {
    /** How far it looks back. */
    enum Span {
        LAST_HOUR("last_hour", XidHistory.HOUR_MILLIS),
        LAST_DAY("last_day", XidHistory.DAY_MILLIS);

        private final String word;
        private final long millis;

        Span(String word, long millis) {
            this.word = word;
            this.millis = millis;
        }

        String word() {
            return word;
        }

        long millis() {
            return millis;
        }
    }

    @Override
    public double read(Scope scope) {
        Situation situation = scope.situation();
        if (situation.xids().incidents().isEmpty()
                && situation.frame().windows().stream().noneMatch(XidReading::looksForXids)) {
            return Double.NaN;
        }
        return situation.xids().times(kind(), situation.frame().tickMillis() - span.millis());
    }

    private static boolean looksForXids(Window window) {
        return window.growth().containsKey(Signal.XID_EVENTS);
    }

    private Predicate<Xid> kind() {
        return className == null
                ? xid -> xid.xidClass() != XidClass.INFORMATIONAL
                : xid -> xid.xidClass().word().equals(className);
    }

    @Override
    public Needs needs() {
        return Needs.of(Signal.XID_EVENTS);
    }
}
