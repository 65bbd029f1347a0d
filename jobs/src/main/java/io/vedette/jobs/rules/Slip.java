package io.vedette.jobs.rules;

import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.signal.Signal;
import io.vedette.model.yaml.NearestName;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who knows other languages writes into an expression, and what it is in this one: {@code 300ms}, {@code and}, {@code =}, the name of a
 * metric, PromQL's ranges and labels. To be looked for in what dev.cel could not parse only, since its own words do not help there.
 *
 * @param offset in the expression
 * @param remedy what to write instead
 */
record Slip(int offset, String remedy) {
    private static final MathContext FIGURES = new MathContext(12);

    private static final Map<String, Double> SECONDS =
            Map.of("us", 1e-6, "ms", 1e-3, "s", 1.0, "sec", 1.0, "m", 60.0, "min", 60.0, "h", 3600.0, "d", 86_400.0);

    private static final Map<String, String> OPERATORS = Map.of(
            "and", "&&", "&", "&&", "or", "||", "|", "||", "not", "!", "=", "==", "=>", ">=", "=<", "<=", "<>", "!=");

    /** Texts and operators of the language stand here too, so that nothing is found inside them. */
    private static final Pattern TOKEN = Pattern.compile("""
            "[^"]*"|'[^']*'\
            |(?<quote>["'])\
            |(?<range>\\[\\s*\\d{1,15}(?:ms|[smhdwy])\\b)\
            |(?<labels>\\{\\s*\\w++\\s*(?:=~|!~|!=|=))\
            |&&|\\|\\||==|!=|<=|>=\
            |(?<operator>=>|=<|<>|[=&|]|\\b(?i:and|or|not)\\b)\
            |(?<![\\w.])(?<number>\\d{1,15}(?:\\.\\d{1,15})?)\\s*(?:(?<unit>us|ms|sec|s|min|m|h|d)\\b|(?<percent>%)(?!\\s*[\\w(]))\
            |\\b(?<engine>[A-Za-z]\\w*+):(?<metric>[A-Za-z]\\w*)""");

    /** The first one in an expression. */
    static Optional<Slip> in(String text) {
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            String remedy = remedy(token, text);
            if (remedy != null) {
                return Optional.of(new Slip(token.start(), remedy));
            }
        }
        return Optional.empty();
    }

    private static @Nullable String remedy(Matcher token, String text) {
        if (token.group("quote") != null) {
            return "the quote that begins here is not closed";
        }
        if (token.group("range") != null) {
            String window = token.group().substring(1).strip();
            return "a window stands behind no signal here; write over(…, \"" + window + "\"), or 'window: " + window
                    + "' into the rule";
        }
        if (token.group("labels") != null) {
            return "no series are chosen by labels here: a rule is asked for each entity of its 'scope', and 'models' says for which models";
        }
        if (token.group("operator") != null) {
            String operator = OPERATORS.get(token.group().toLowerCase(Locale.ROOT));
            return "'" + token.group() + "' is written " + operator + " here";
        }
        if (token.group("percent") != null) {
            return "numbers have no '%'; a ratio runs from 0 to 1: write " + number(token, 0.01);
        }
        if (token.group("unit") != null) {
            return isWindow(text.substring(0, token.start()).stripTrailing())
                    ? "a window stands in quotes: \"" + token.group().replaceAll("\\s", "") + '"'
                    : "numbers have no unit; in seconds, write "
                            + number(token, SECONDS.getOrDefault(token.group("unit"), 1.0));
        }
        int choice = text.indexOf('?');
        // Behind '?' the colon parts what is chosen between.
        return token.group("engine") == null || (choice >= 0 && choice < token.start())
                ? null
                : "signals are called without '" + token.group("engine") + ":'" + signal(token.group("metric"))
                        + "; docs/rules.md has all of them";
    }

    /** Whether what comes next is the window that {@code over} is given. */
    private static boolean isWindow(String before) {
        int inside = 0;
        int at = before.length();
        while (inside >= 0 && at > 0) {
            at--;
            inside += before.charAt(at) == ')' ? 1 : before.charAt(at) == '(' ? -1 : 0;
        }
        return inside < 0
                && before.endsWith(",")
                && before.substring(0, at).stripTrailing().endsWith("over");
    }

    private static String number(Matcher token, double factor) {
        double number = Double.parseDouble(token.group("number")) * factor;
        return new BigDecimal(number).round(FIGURES).stripTrailingZeros().toPlainString();
    }

    /** What is meant by an engine's metric. */
    private static String signal(String written) {
        String metric = written.replaceFirst("_(bucket|sum|count)$", "");
        List<String> signals =
                Arrays.stream(Signal.values()).map(Signal::signalName).toList();
        return Catalogue.shipped().meanings().values().stream()
                .flatMap(List::stream)
                .filter(meaning -> meaning.metric().endsWith(':' + metric))
                .map(meaning -> meaning.signal().signalName())
                .findFirst()
                .or(() -> NearestName.of(metric.replaceFirst("_(seconds|total|perc)$", ""), signals))
                .map(name -> ", and this one " + name)
                .orElse("");
    }
}
