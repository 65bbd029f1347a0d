package io.vedette.cli.ruletest;

import io.vedette.model.yaml.YamlValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Which alerts there have to be at a time. Immutable.
 *
 * @param at after the beginning of the test
 * @param line in the file
 * @param all whether no others may be there
 * @param present those that have to be there, the most exact first
 * @param absent those that must not be there
 */
record Expectation(Duration at, int line, boolean all, List<ExpectedAlert> present, List<ExpectedAlert> absent) {
    private static final String NOTHING = "none";
    /** All of a test's records are in memory, one for each second and each scrape. */
    private static final Duration LONGEST = Duration.ofDays(7);

    Expectation {
        present = present.stream()
                .sorted(Comparator.comparingInt(ExpectedAlert::precision).reversed())
                .toList();
        absent = List.copyOf(absent);
    }

    /** Reads all expectations of a test, in the order of their times. */
    static List<Expectation> readAll(YamlValue written, Set<String> rules) {
        List<Expectation> expectations = new ArrayList<>();
        List<YamlValue> values = List.copyOf(written.mapping().values());
        List<YamlValue> keys = written.keys();
        for (int i = 0; i < keys.size(); i++) {
            expectations.add(read(keys.get(i), values.get(i), rules));
        }
        if (expectations.isEmpty()) {
            throw written.mistake("a test expects something at one time at least, such as 5m: none");
        }
        return expectations.stream()
                .sorted(Comparator.comparing(Expectation::at))
                .toList();
    }

    private static Expectation read(YamlValue at, YamlValue value, Set<String> rules) {
        List<YamlValue> written = value.isSequence() ? value.sequence() : List.of(value);
        if (written.isEmpty()) {
            throw value.mistake("which alerts? Write 'none' where there are to be none");
        }
        List<ExpectedAlert> present = new ArrayList<>();
        List<ExpectedAlert> absent = new ArrayList<>();
        Duration time = at.duration();
        if (time.compareTo(LONGEST) > 0) {
            throw at.mistake("a test goes on for a week at most: 7d, not " + at.string());
        }
        boolean nothing = written.size() == 1
                && !written.get(0).isMapping()
                && written.get(0).string().strip().equals(NOTHING);
        for (YamlValue one : nothing ? List.<YamlValue>of() : written) {
            ExpectedAlert alert = ExpectedAlert.parse(one, rules);
            (alert.state() == ExpectedAlert.State.NONE ? absent : present).add(alert);
        }
        return new Expectation(time, at.line(), nothing || !present.isEmpty(), present, absent);
    }
}
