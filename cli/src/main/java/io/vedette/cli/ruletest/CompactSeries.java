package io.vedette.cli.ruletest;

import io.vedette.model.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a series shows at one scrape after the other, in the notation of {@code promtool test rules}: {@code 1 2 3}, {@code 8x3}, {@code 0+10x3},
 * {@code _}, {@code stale}. After its last item it stays as it is; a last {@code 0+10} without a number of times goes on. Immutable.
 */
final class CompactSeries {
    private static final String NUMBER = "\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?";
    private static final Pattern NUMBERS =
            Pattern.compile("(?<start>-?" + NUMBER + ")(?<step>[+-]" + NUMBER + ")?(?:x(?<times>\\d+))?");
    private static final Pattern WORD = Pattern.compile("(?<word>[a-z_]+?)(?:x(?<times>\\d+))?");
    private static final String MISSING = "_";
    private static final int MOST = 100_000;

    private final List<Shown> shown;
    private final double slope;

    private CompactSeries(List<Shown> shown, double slope) {
        this.shown = List.copyOf(shown);
        this.slope = slope;
    }

    /** The same at all scrapes. */
    static CompactSeries always(double value) {
        return new CompactSeries(List.of(Shown.of(value)), 0);
    }

    /**
     * Reads a series.
     *
     * @param words what it may show besides numbers
     * @throws io.vedette.model.yaml.ConfigurationException at the first item that means nothing
     */
    static CompactSeries parse(YamlValue value, Set<String> words) {
        List<Shown> shown = new ArrayList<>();
        double slope = 0;
        Matcher items = Pattern.compile("\\S+").matcher(value.string());
        while (items.find()) {
            String item = items.group();
            Matcher numbers = NUMBERS.matcher(item);
            Matcher word = WORD.matcher(item);
            slope = 0;
            if (numbers.matches()) {
                double start = Double.parseDouble(numbers.group("start"));
                double step = numbers.group("step") == null ? 0 : Double.parseDouble(numbers.group("step"));
                int times = times(numbers, value, items.start());
                for (int i = 0; i <= times; i++) {
                    shown.add(Shown.of(start + i * step));
                }
                slope = numbers.group("times") == null ? step : 0;
            } else if (word.matches() && isKnown(word.group("word"), words)) {
                addWord(word.group("word"), times(word, value, items.start()), word.group("times") != null, shown);
            } else {
                throw value.mistakeAt(
                        items.start(),
                        "'" + item + "' is no item of a series; write it like 8, 8x3, 0+10x3," + " 9-2x3, _, _x3, stale"
                                + (words.isEmpty()
                                        ? ""
                                        : ", "
                                                + String.join(
                                                        ", ",
                                                        words.stream().sorted().toList())));
            }
            if (shown.size() > MOST) {
                throw value.mistakeAt(items.start(), "a series has at most " + MOST + " values");
            }
        }
        if (shown.isEmpty()) {
            throw value.mistake("a series has at least one value");
        }
        return new CompactSeries(shown, slope);
    }

    private static int times(Matcher item, YamlValue value, int offset) {
        String times = item.group("times");
        if (times != null && times.length() > 6) {
            throw value.mistakeAt(offset, "a series has at most " + MOST + " values");
        }
        return times == null ? 0 : Integer.parseInt(times);
    }

    private static boolean isKnown(String word, Set<String> words) {
        return word.equals(MISSING) || word.equals(Shown.STALE) || words.contains(word);
    }

    /** As in promtool {@code _x3} is nothing three times, whereas {@code 1x3} is 1 and three more. */
    private static void addWord(String word, int times, boolean counted, List<Shown> to) {
        Shown item = word.equals(MISSING) ? Shown.NOTHING : new Shown(Double.NaN, word);
        int count = word.equals(MISSING) && counted ? times : times + 1;
        for (int i = 0; i < count; i++) {
            to.add(item);
        }
    }

    /** What is shown at a scrape, counted from 0. */
    Shown at(int scrape) {
        if (scrape < shown.size()) {
            return shown.get(scrape);
        }
        Shown last = shown.get(shown.size() - 1);
        return last.isNumber() && slope != 0 ? Shown.of(last.number() + slope * (scrape - shown.size() + 1)) : last;
    }

    /** Whether all its numbers lie in a range; those to come are left aside. */
    boolean isWithin(double least, double most) {
        return shown.stream().filter(Shown::isNumber).allMatch(s -> s.number() >= least && s.number() <= most);
    }
}
