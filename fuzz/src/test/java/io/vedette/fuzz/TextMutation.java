package io.vedette.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Changes texts by words, numbers, brackets and lines, so that most of a text keeps its meaning; one in four is damaged byte by byte as well. Words come
 * from the other texts.
 */
public final class TextMutation implements Mutation {
    private static final int MOST_CHANGES = 5;
    /** A power of two. */
    private static final int MOST_REPEATS = 13;

    private static final Pattern WORD = Pattern.compile("[\\w.-]+|[^\\w\\s]");
    private static final List<String> TELLING = List.of(
            "0",
            "-1",
            "1e400",
            "-0",
            "NaN",
            "+Inf",
            "-Inf",
            ".inf",
            "null",
            "~",
            "true",
            "[]",
            "{}",
            "''",
            "\"\"",
            "\"\\0\"",
            "9223372036854775808",
            "99999999999999999999",
            "4294967296",
            "1e-320",
            "0x7f",
            "1_000",
            "1y",
            "0s",
            "999999999y",
            "&a",
            "*a",
            "&a [*a]",
            "!!binary",
            "!x",
            "<<: *a",
            "|",
            ">-",
            "---",
            "...",
            "%YAML 1.1",
            "#",
            "? ",
            "- ",
            ": ",
            "\t",
            "\r\n",
            "\u0085",
            "\u2028",
            "\ufeff",
            "\ud83d\ude00",
            "é",
            "\u0000",
            "\u001b[1m",
            "{{",
            "}}",
            "\\",
            "\\u",
            "(",
            ")",
            "[",
            "{",
            "!",
            "-",
            "(((",
            "a?b:",
            "x".repeat(3_000));
    private static final List<String> NESTING = List.of(
            "(",
            "[",
            "{",
            "!",
            "-",
            "- ",
            "{a: ",
            "? ",
            "((",
            "a(",
            "1 + (",
            "up < 1 && (",
            "up < 1 || (up < 1 && (",
            "up < 1 ? (",
            "{{",
            "*a ",
            " ",
            "\n");

    private final ByteMutation bytes = new ByteMutation();

    @Override
    public byte[] mutate(List<byte[]> seeds, Random random) {
        if (random.nextInt(8) == 0) {
            return bytes.mutate(seeds, random);
        }
        String text = text(seeds, random);
        for (int i = 1 + random.nextInt(MOST_CHANGES); i > 0; i--) {
            text = random.nextInt(3) == 0 ? changedLines(text, seeds, random) : changedWord(text, seeds, random);
        }
        byte[] changed = text.getBytes(UTF_8);
        return random.nextInt(8) == 0 ? bytes.mutate(List.of(changed), random) : changed;
    }

    private static String text(List<byte[]> seeds, Random random) {
        return new String(ByteMutation.chosen(seeds, random), UTF_8);
    }

    private static String changedWord(String text, List<byte[]> seeds, Random random) {
        List<MatchResult> words = WORD.matcher(text).results().toList();
        if (words.isEmpty()) {
            return telling(random);
        }
        MatchResult word = words.get(random.nextInt(words.size()));
        MatchResult last = words.get(Math.min(words.size() - 1, words.indexOf(word) + random.nextInt(6)));
        String start = text.substring(0, word.start());
        String rest = text.substring(word.end());
        return switch (random.nextInt(8)) {
            case 0 -> start + telling(random) + rest;
            case 1 -> start + telling(random) + ' ' + word.group() + rest;
            case 2 -> start + text.substring(last.end());
            case 3 -> text.substring(0, last.end()) + ' ' + text.substring(word.start());
            case 4 -> start + misspelt(word.group(), random) + rest;
            case 5 -> start + nested(word.group(), random) + rest;
            default -> start + word(text(seeds, random), random) + rest;
        };
    }

    private static String word(String text, Random random) {
        List<MatchResult> words = WORD.matcher(text).results().toList();
        return words.isEmpty() ? "" : words.get(random.nextInt(words.size())).group();
    }

    private static String telling(Random random) {
        return TELLING.get(random.nextInt(TELLING.size()));
    }

    private static String misspelt(String word, Random random) {
        int at = random.nextInt(word.length());
        return word.substring(0, at)
                + (char) ('a' + random.nextInt(26))
                + word.substring(Math.min(word.length(), at + random.nextInt(3)));
    }

    /** Now and then as deep as a parser that calls itself does not stand. */
    private static String nested(String word, Random random) {
        int times = 1 + random.nextInt(1 << (1 + random.nextInt(MOST_REPEATS)));
        String open = NESTING.get(random.nextInt(NESTING.size()));
        StringBuilder close = new StringBuilder();
        open.chars().filter(c -> "([{".indexOf(c) >= 0).forEach(c -> close.insert(0, (char) (c == '(' ? ')' : c + 2)));
        return open.repeat(times)
                + word
                + (random.nextInt(3) == 0 ? "" : close.toString().repeat(times));
    }

    private static String changedLines(String text, List<byte[]> seeds, Random random) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("(?<=\n)", -1)));
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        switch (random.nextInt(6)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(random.nextInt(lines.size()), line);
            case 2 -> lines.set(at, ' ' + line);
            case 3 -> lines.set(at, line.replaceFirst("^ +", ""));
            case 4 -> lines.set(at, lines.set(random.nextInt(lines.size()), line));
            default -> {
                String[] others = text(seeds, random).split("(?<=\n)", -1);
                lines.add(at, others[random.nextInt(others.length)]);
            }
        }
        return String.join("", lines);
    }
}
