package io.vedette.jobs.rules;

import io.vedette.model.signal.Signal;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What must be seen of an engine so that something can be told: the signals of any one of some ways. {@code a > 1 || b > 1} can be told by a or by b,
 * {@code a > b} by both alone. Immutable; compared by value.
 */
public final class Needs implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Ways beyond these are hardly ones that an author thought of; the shortest are kept. */
    private static final int MOST = 32;

    /** Nothing is needed. */
    public static final Needs NOTHING = Needs.of();

    /** At least one; none holds another. Sets of enums, since what one lacks is looked up with each frame. */
    private final List<EnumSet<Signal>> ways;

    private Needs(List<EnumSet<Signal>> ways) {
        this.ways = ways;
    }

    /** All of some signals. */
    public static Needs of(Signal... signals) {
        return new Needs(List.of(set(Arrays.asList(signals))));
    }

    /** What is needed where both are. */
    public Needs and(Needs other) {
        return shortest(ways.stream().flatMap(mine -> other.ways.stream().map(others -> {
            EnumSet<Signal> both = mine.clone();
            both.addAll(others);
            return both;
        })));
    }

    /** What is needed where one of both does. */
    public Needs or(Needs other) {
        return shortest(Stream.concat(ways.stream(), other.ways.stream()));
    }

    /** The same, where it can do without some signals. */
    public Needs without(Set<Signal> dispensable) {
        return shortest(ways.stream().map(way -> {
            EnumSet<Signal> kept = way.clone();
            kept.removeAll(dispensable);
            return kept;
        }));
    }

    private static Needs shortest(Stream<EnumSet<Signal>> ways) {
        List<EnumSet<Signal>> kept = new ArrayList<>();
        ways.sorted(Comparator.comparingInt(EnumSet::size)).forEach(way -> {
            if (kept.size() < MOST && kept.stream().noneMatch(way::containsAll)) {
                kept.add(way);
            }
        });
        return new Needs(List.copyOf(kept));
    }

    /** What is missing on the way that lacks least; empty where nothing is. */
    public Set<Signal> missing(EnumSet<Signal> seen) {
        EnumSet<Signal> least = null;
        for (EnumSet<Signal> way : ways) {
            if (seen.containsAll(way)) {
                return Set.of();
            }
            EnumSet<Signal> missing = way.clone();
            missing.removeAll(seen);
            least = least == null || missing.size() < least.size() ? missing : least;
        }
        return least == null ? Set.of() : least;
    }

    /** All signals of all ways. */
    public Set<Signal> all() {
        EnumSet<Signal> all = EnumSet.noneOf(Signal.class);
        ways.forEach(all::addAll);
        return all;
    }

    private static EnumSet<Signal> set(Collection<Signal> signals) {
        EnumSet<Signal> set = EnumSet.noneOf(Signal.class);
        set.addAll(signals);
        return set;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Needs that && Set.copyOf(ways).equals(Set.copyOf(that.ways));
    }

    @Override
    public int hashCode() {
        return Set.copyOf(ways).hashCode();
    }

    @Override
    public String toString() {
        return ways.stream()
                .map(way -> way.stream().map(Signal::signalName).collect(Collectors.joining(" and ")))
                .collect(Collectors.joining(", or "));
    }
}
