package io.vedette.alerts.channel;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * One of a channel's conditions on an alert's labels, written as Alertmanager's matchers are: {@code severity=critical},
 * {@code alertname=~"queue.*"}, {@code role!=prefill}, {@code instance!~"10[.]0.*"}. A label that is absent is empty; regular expressions must match
 * the whole value.
 */
public record Matcher(String label, Operator operator, String value, Pattern pattern) {
    private static final Pattern FORM =
            Pattern.compile("\\s*([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(=~|!~|!=|=)\\s*(.*?)\\s*", Pattern.DOTALL);

    /** How a matcher compares. */
    public enum Operator {
        EQUAL("="),
        NOT_EQUAL("!="),
        LIKE("=~"),
        UNLIKE("!~");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        private static Operator ofSign(String sign) {
            for (Operator operator : values()) {
                if (operator.sign.equals(sign)) {
                    return operator;
                }
            }
            throw new IllegalArgumentException("no operator: " + sign);
        }
    }

    /**
     * Reads a matcher.
     *
     * @throws IllegalArgumentException when the text is none; the message names it
     */
    public static Matcher parse(String text) {
        java.util.regex.Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no matcher; write label=value, label!=value, label=~regex or label!~regex");
        }
        if (parts.group(3).startsWith("=") || parts.group(3).startsWith("~")) {
            throw new IllegalArgumentException(
                    "'" + text + "' has two operators; write " + parts.group(1) + parts.group(2)
                            + parts.group(3).substring(1).strip() + ", or the value in quotes if it begins so");
        }
        String value = unquoted(parts.group(3), text);
        Operator operator = Operator.ofSign(parts.group(2));
        boolean regex = operator == Operator.LIKE || operator == Operator.UNLIKE;
        try {
            return new Matcher(parts.group(1), operator, value, Pattern.compile(regex ? value : Pattern.quote(value)));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' has no valid regular expression: " + e.getDescription(), e);
        }
    }

    private static String unquoted(String value, String text) {
        if (!value.startsWith("\"")) {
            return value;
        }
        StringBuilder unquoted = new StringBuilder();
        for (int i = 1; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' && i == value.length() - 1) {
                return unquoted.toString();
            }
            if (c == '"') {
                break;
            }
            if (c == '\\' && i + 1 < value.length()) {
                char next = value.charAt(++i);
                switch (next) {
                    case '"', '\\' -> unquoted.append(next);
                    case 'n' -> unquoted.append('\n');
                    default -> unquoted.append(c).append(next);
                }
            } else {
                unquoted.append(c);
            }
        }
        throw new IllegalArgumentException("'" + text + "' has a value whose quotes don't match");
    }

    /** Whether an alert with these labels is meant. */
    public boolean matches(Map<String, String> labels) {
        boolean same = pattern.matcher(labels.getOrDefault(label, "")).matches();
        return (operator == Operator.EQUAL || operator == Operator.LIKE) == same;
    }

    @Override
    public String toString() {
        return label + operator.sign + '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
