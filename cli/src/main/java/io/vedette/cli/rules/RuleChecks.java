package io.vedette.cli.rules;

import io.vedette.cli.UserMistake;
import io.vedette.cli.config.ConfigurationReader;
import io.vedette.cli.config.RuleConfiguration;
import io.vedette.jobs.rules.RuleCheck;
import io.vedette.jobs.rules.RuleSet;
import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.YamlValue;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Checks rule files and prints all that is wrong with them, a line each. */
public final class RuleChecks {
    private RuleChecks() {}

    /**
     * Checks files together, or, where none are given, those of the configuration.
     *
     * @param configuration whose windows and models the rules are held against; the usual windows and no model where there is none
     * @return whether nothing is wrong
     * @throws UserMistake when a file is not there, after all others have been checked
     * @throws ConfigurationException when the configuration has a mistake elsewhere than in its rules
     */
    public static boolean run(List<Path> files, Optional<Path> configuration, PrintWriter out) {
        RuleConfiguration configured =
                configuration.map(ConfigurationReader::readUnloaded).orElse(RuleConfiguration.SHIPPED);
        List<Path> present = files.stream().filter(RuleChecks::isReadable).toList();
        if (present.isEmpty() && !files.isEmpty()) {
            throw missing(files, present);
        }
        List<ConfigurationException> unreadable = new ArrayList<>();
        RuleCheck check = files.isEmpty()
                ? RuleCheck.of(
                        configured.files(),
                        configured.windows(),
                        configured.models().tunings())
                : RuleCheck.besideShipped(
                        read(present, unreadable),
                        configured.windows(),
                        // What models have of their own belongs to the configured rules, and these may be others.
                        Map.of());
        List<ConfigurationException> mistakes = new ArrayList<>(unreadable);
        mistakes.addAll(check.mistakes());
        print(mistakes, check, out);
        if (present.size() < files.size()) {
            throw missing(files, present);
        }
        return mistakes.isEmpty() && check.doubts().isEmpty();
    }

    private static boolean isReadable(Path file) {
        return Files.isReadable(file) && !Files.isDirectory(file);
    }

    private static UserMistake missing(List<Path> files, List<Path> present) {
        return new UserMistake(files.stream()
                        .filter(file -> !present.contains(file))
                        .map(Path::toString)
                        .collect(Collectors.joining(", "))
                + ": there is no such file, or it cannot be read");
    }

    private static List<YamlValue> read(List<Path> files, List<ConfigurationException> unreadable) {
        List<YamlValue> documents = new ArrayList<>();
        for (Path file : files) {
            try {
                documents.add(RuleSet.file(file));
            } catch (ConfigurationException e) {
                unreadable.add(e);
            }
        }
        return documents;
    }

    private static void print(List<ConfigurationException> mistakes, RuleCheck check, PrintWriter out) {
        record Line(ConfigurationException what, String kind) {}
        List<Line> lines = new ArrayList<>();
        mistakes.forEach(mistake -> lines.add(new Line(mistake, "")));
        check.doubts().forEach(doubt -> lines.add(new Line(doubt, "warning: ")));
        lines.sort((a, b) -> ConfigurationException.byPlace().compare(a.what(), b.what()));
        for (Line line : lines) {
            ConfigurationException what = line.what();
            out.println(what.source() + (what.line() == 0 ? "" : ":" + what.line() + ":" + what.column()) + ": "
                    + line.kind() + what.problem());
        }
        out.println(
                lines.isEmpty()
                        ? counted(check.rules(), "rule") + ", nothing wrong"
                        : counted(mistakes.size(), "mistake") + ", "
                                + counted(check.doubts().size(), "warning"));
        out.flush();
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
