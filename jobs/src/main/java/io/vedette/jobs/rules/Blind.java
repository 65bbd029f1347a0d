package io.vedette.jobs.rules;

import io.vedette.model.entity.Entity;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.Latest;
import io.vedette.model.frame.Window;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rules that cannot see what they need of an entity, because its engine does not show it. Known of an entity that serves and is covered alone: what
 * is absent while nothing is read, or before anything happened, may come yet.
 *
 * @param isKnown whether it can be told
 * @param rules in their order; none where it can't be told
 */
record Blind(boolean isKnown, List<BlindRule> rules) {
    private static final Blind UNKNOWN = new Blind(false, List.of());
    private static final int MOST_NAMED = 6;

    /**
     * A rule, and what it lacks.
     *
     * @param missing at least one
     */
    record BlindRule(String id, Set<Signal> missing) {
        @Override
        public String toString() {
            return id + " (no " + missing.stream().map(Signal::signalName).collect(Collectors.joining(", ")) + ')';
        }
    }

    Blind {
        rules = List.copyOf(rules);
    }

    /**
     * @param gauges as rules judge them
     * @param rules that apply to the entity's model
     */
    static Blind of(Situation situation, Gauges gauges, List<Rule> rules) {
        Frame frame = situation.frame();
        Latest latest = frame.latest();
        boolean seen = situation.state() == EntityState.SERVING
                && frame.release() == Frame.Release.SCRAPE
                && latest != null
                && latest.up()
                && showsAll(frame.entity(), gauges)
                && !frame.windows().isEmpty()
                && frame.windows().get(0).hasRates();
        if (!seen) {
            return UNKNOWN;
        }
        EnumSet<Signal> shown = shown(gauges, frame.windows().get(0));
        List<BlindRule> blind = new ArrayList<>();
        for (Rule rule : rules) {
            Set<Signal> missing = rule.isAbout(frame) ? missing(rule, shown) : Set.of();
            if (!missing.isEmpty()) {
                blind.add(new BlindRule(rule.id(), missing));
            }
        }
        return new Blind(true, blind);
    }

    /** A card that is lost shows nothing any more, and an instance of a divided card has no temperature, clocks or XIDs of its own. */
    private static boolean showsAll(Entity entity, Gauges gauges) {
        boolean instance = entity.uuid().startsWith("MIG-") || entity.uuid().indexOf('/') >= 0;
        return gauges.get(Signal.LOST) != 1 && !instance;
    }

    private static EnumSet<Signal> shown(Gauges gauges, Window window) {
        EnumSet<Signal> shown = EnumSet.noneOf(Signal.class);
        shown.addAll(window.growth().keySet());
        shown.addAll(window.histograms().keySet());
        shown.addAll(window.gauges().keySet());
        gauges.forEach((signal, value) -> shown.add(signal));
        return shown;
    }

    private static Set<Signal> missing(Rule rule, EnumSet<Signal> shown) {
        Set<Signal> all = Set.of();
        for (Level level : rule.levels()) {
            Set<Signal> missing = level.notes().needs().missing(shown);
            if (!missing.isEmpty()) {
                all = all.isEmpty() ? EnumSet.copyOf(missing) : all;
                all.addAll(missing);
            }
        }
        return all;
    }

    /** How many rules; NaN where that can't be told. */
    double count() {
        return isKnown ? rules.size() : Double.NaN;
    }

    /** The rules and what they lack, in words; empty where there are none. */
    String described() {
        String named = rules.stream().limit(MOST_NAMED).map(BlindRule::toString).collect(Collectors.joining(", "));
        return rules.size() <= MOST_NAMED ? named : named + " and " + (rules.size() - MOST_NAMED) + " more";
    }
}
