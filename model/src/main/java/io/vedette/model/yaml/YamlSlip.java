package io.vedette.model.yaml;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Says in plain words what is probably wrong with a text that is no YAML, since a scanner's own words say what it expected, and not what to write. */
final class YamlSlip {
    private static final Pattern FIRST_KEY = Pattern.compile("\\s*(?:- +)*[\\w-]+\\s*");
    private static final Pattern KEY_AND_TEXT = Pattern.compile("\\s*(?:- +)*([\\w-]+):\\s+(\\S.*)");

    /** How the scanner's messages begin where it met in the midst of a text what means something in YAML. */
    private static final List<String> INSIDE_TEXT = List.of(
            "mapping values are not allowed",
            "expected <block end>",
            "found character",
            "unexpected character found",
            "expected a comment",
            "expected chomping",
            "found undefined alias");

    private final String source;
    private final String problem;
    private final String context;
    private final Mark at;
    private final Mark begin;
    private final String line;

    private YamlSlip(String source, String text, MarkedYamlEngineException e, Mark at) {
        this.source = source;
        this.problem = e.getProblem();
        this.context = e.getContext() == null ? "" : e.getContext();
        this.at = at;
        this.begin = e.getContextMark().orElse(at);
        this.line = text.lines().skip(at.getLine()).findFirst().orElse("");
    }

    static ConfigurationException mistake(String source, String text, MarkedYamlEngineException e) {
        return e.getProblemMark()
                .map(at -> new YamlSlip(source, text, e, at).mistake())
                .orElseGet(() -> new ConfigurationException(source, "no valid YAML: " + e.getProblem()));
    }

    private ConfigurationException mistake() {
        String before = line.substring(0, line.offsetByCodePoints(0, Math.min(at.getColumn(), codePoints())));
        if (context.contains("quoted scalar") && problem.contains("end of stream")) {
            return mistake(begin, "the quote that begins here is not closed");
        }
        if (context.contains("simple key")) {
            return mistake(begin, "':' is missing behind a key; write key: value");
        }
        if (context.contains("flow")) {
            return inBrackets();
        }
        if (before.isBlank() && problem.contains("TAB")) {
            return mistake(at, "lines are indented by spaces, not by tabs");
        }
        if (problem.startsWith("expected '<document start>'")
                || (problem.startsWith("expected <block end>") && before.isBlank())) {
            return mistake(at, "this line does not stand below those beside which it belongs; indent it like them");
        }
        Matcher keyAndText = KEY_AND_TEXT.matcher(line);
        if (problem.startsWith("mapping values") && FIRST_KEY.matcher(before).matches()) {
            return mistake(
                    at,
                    "this line is read as the end of the one above; indent it like the keys beside which it belongs");
        }
        if (keyAndText.matches() && INSIDE_TEXT.stream().anyMatch(problem::startsWith)) {
            return new ConfigurationException(
                    source,
                    at.getLine() + 1,
                    line.codePointCount(0, keyAndText.start(2)) + 1,
                    "no valid YAML: a text like this stands in quotes: " + keyAndText.group(1) + ": "
                            + quoted(keyAndText.group(2).strip()));
        }
        return mistake(at, problem);
    }

    private ConfigurationException inBrackets() {
        if (problem.contains("<stream end>")) {
            return mistake(begin, "the file ends inside '[' or '{'; close it");
        }
        return begin.getLine() < at.getLine()
                ? mistake(begin, "what is opened here is not closed before the next line; a ']' or '}' is missing")
                : mistake(at, "inside '[' and '{' a text with ',', ': ', '[' or '{' stands in quotes");
    }

    private int codePoints() {
        return line.codePointCount(0, line.length());
    }

    private ConfigurationException mistake(Mark where, String words) {
        return new ConfigurationException(
                source, where.getLine() + 1, where.getColumn() + 1, "no valid YAML: " + words);
    }

    private static String quoted(String text) {
        return text.contains("\"") || text.contains("\\") ? "'" + text.replace("'", "''") + "'" : '"' + text + '"';
    }
}
