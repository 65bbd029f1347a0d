package io.vedette.alerts.message;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A sentence as rules have them, with places {@code {…}} for what was measured and where, and clauses {@code […]} that are only said where all in them is
 * known. Where one stands filled, {@link #read} finds out with what. Immutable.
 */
record Sentence(List<Piece> pieces) {
    /** Places that stand for a text; any other one stands for a number. */
    private static final Set<String> TEXTS = Set.of(
            "entity",
            "instance",
            "engine",
            "model_name",
            "role",
            "node",
            "gpu",
            "uuid",
            "failure",
            "blind",
            "xid",
            "xid_action",
            "odd_gpu_memory",
            "odd_gpu_utilization",
            "window",
            "rule",
            "severity",
            "suggestion",
            "channel");

    /** As rules write numbers: {@code 2.3 s}, {@code 1 h 5 min}, {@code 5,120 tokens}, {@code 95 %}, {@code 4.1/s}. */
    private static final Pattern NUMBER = Pattern.compile(
            "unknown|-?∞|-?[0-9][0-9.,]*(?: ?[^\\s0-9.,;:()\\[\\]]{1,12}(?: [0-9]+ [^\\s0-9.,;:()\\[\\]]{1,4})?)?");

    /** Of a text that could be read in many ways, not all are tried. */
    private static final int MOST_STEPS = 20_000;

    /** A part of the sentence. */
    sealed interface Piece {}

    record Text(String text) implements Piece {}

    record Place(String name) implements Piece {}

    record Clause(List<Piece> pieces) implements Piece {
        Clause {
            pieces = List.copyOf(pieces);
        }
    }

    Sentence {
        pieces = List.copyOf(pieces);
    }

    /** Reads a template. A brace that isn't closed is text. */
    static Sentence parse(String template) {
        return new Sentence(parse(template.strip(), false));
    }

    private static List<Piece> parse(String template, boolean inClause) {
        List<Piece> pieces = new ArrayList<>();
        int said = 0;
        int at = 0;
        while (at < template.length()) {
            int close = template.charAt(at) == '{' ? template.indexOf('}', at) : -1;
            int end = inClause || close >= 0 ? -1 : clauseEnd(template, at);
            if (close < 0 && end < 0) {
                at++;
                continue;
            }
            if (said < at) {
                pieces.add(new Text(template.substring(said, at)));
            }
            if (close >= 0) {
                pieces.add(new Place(template.substring(at + 1, close).strip()));
                at = close + 1;
            } else {
                pieces.add(new Clause(parse(template.substring(at + 1, end), true)));
                at = end + 1;
            }
            said = at;
        }
        if (said < template.length()) {
            pieces.add(new Text(template.substring(said)));
        }
        return pieces;
    }

    /** As in rules: a pair of brackets without others in it, and with a place. */
    private static int clauseEnd(String template, int open) {
        if (template.charAt(open) != '[') {
            return -1;
        }
        int close = template.indexOf(']', open);
        int other = template.indexOf('[', open + 1);
        boolean plain = close < 0 || (other >= 0 && other < close);
        return plain || template.substring(open, close).indexOf('{') < 0 ? -1 : close;
    }

    /** With what the places of this sentence are filled in a text; empty when the text isn't this sentence. */
    Optional<Map<String, String>> read(String text) {
        // One element, since the ways of reading share it.
        int[] steps = {MOST_STEPS};
        Map<String, String> filled = new LinkedHashMap<>();
        return reads(pieces, text, 0, filled, steps) ? Optional.of(filled) : Optional.empty();
    }

    private static boolean reads(List<Piece> rest, String text, int from, Map<String, String> filled, int[] steps) {
        if (steps[0]-- <= 0) {
            return false;
        }
        if (rest.isEmpty()) {
            return from == text.length();
        }
        List<Piece> behind = rest.subList(1, rest.size());
        Piece first = rest.get(0);
        if (first instanceof Text fixed) {
            return text.startsWith(fixed.text(), from)
                    && reads(behind, text, from + fixed.text().length(), filled, steps);
        }
        if (first instanceof Clause clause) {
            List<Piece> with = new ArrayList<>(clause.pieces());
            with.addAll(behind);
            return reads(with, text, from, filled, steps) || reads(behind, text, from, filled, steps);
        }
        return readsPlace(((Place) first).name(), behind, text, from, filled, steps);
    }

    private static boolean readsPlace(
            String name, List<Piece> behind, String text, int from, Map<String, String> filled, int[] steps) {
        for (int to = from + 1; to <= text.length() && steps[0] > 0; to++) {
            if (!couldGoOn(behind, text, to)) {
                continue;
            }
            String value = text.substring(from, to);
            if (!TEXTS.contains(name) && !NUMBER.matcher(value).matches()) {
                steps[0]--;
                continue;
            }
            String before = filled.putIfAbsent(name, value);
            if (reads(behind, text, to, filled, steps)) {
                return true;
            }
            if (before == null) {
                filled.remove(name);
            }
        }
        return false;
    }

    private static boolean couldGoOn(List<Piece> behind, String text, int at) {
        return behind.isEmpty()
                ? at == text.length()
                : !(behind.get(0) instanceof Text next) || text.startsWith(next.text(), at);
    }

    /** The sentence with its places filled; clauses of which a place has nothing to be filled with are left out. */
    String fill(Map<String, String> filled) {
        StringBuilder text = new StringBuilder();
        fill(pieces, filled, text);
        return text.toString();
    }

    private static void fill(List<Piece> pieces, Map<String, String> filled, StringBuilder to) {
        for (Piece piece : pieces) {
            if (piece instanceof Text fixed) {
                to.append(fixed.text());
            } else if (piece instanceof Place place) {
                to.append(filled.getOrDefault(place.name(), "{" + place.name() + "}"));
            } else if (piece instanceof Clause clause && filled.keySet().containsAll(places(clause.pieces()))) {
                fill(clause.pieces(), filled, to);
            }
        }
    }

    /** The names of all places, those in clauses included. */
    Set<String> places() {
        return Set.copyOf(places(pieces));
    }

    private static List<String> places(List<Piece> pieces) {
        List<String> names = new ArrayList<>();
        for (Piece piece : pieces) {
            if (piece instanceof Place place) {
                names.add(place.name());
            } else if (piece instanceof Clause clause) {
                names.addAll(places(clause.pieces()));
            }
        }
        return names;
    }
}
