package io.vedette.cli.ruletest;

import io.vedette.model.yaml.PrometheusDuration;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the tests of rule-test files and prints what came of them. */
public final class RuleTests {
    private RuleTests() {}

    /**
     * Runs all tests of some files; all files are read before the first test runs.
     *
     * @return whether all tests hold
     * @throws io.vedette.model.yaml.ConfigurationException when a file or its rules have a mistake
     */
    public static boolean run(List<Path> files, PrintWriter out) {
        Map<Path, List<RuleTest>> tests = new LinkedHashMap<>();
        files.forEach(file -> tests.put(file, RuleTestFile.read(file)));
        int failed = 0;
        for (Map.Entry<Path, List<RuleTest>> file : tests.entrySet()) {
            int failedHere = 0;
            for (RuleTest test : file.getValue()) {
                List<Difference> differences = RuleTestRun.run(test);
                if (!differences.isEmpty()) {
                    failedHere++;
                    print(file.getKey(), test, differences, out);
                }
            }
            out.println(file.getKey() + ": " + counted(file.getValue().size(), failedHere));
            failed += failedHere;
        }
        out.flush();
        return failed == 0;
    }

    private static String counted(int all, int failed) {
        String tests = all + (all == 1 ? " test" : " tests");
        return failed == 0 ? tests + ", all hold" : tests + ", " + failed + " failed";
    }

    private static void print(Path file, RuleTest test, List<Difference> differences, PrintWriter out) {
        out.println("FAILED " + test.name() + " (" + file + ':' + test.line() + ')');
        for (Difference difference : differences) {
            out.println("  at " + PrometheusDuration.format(difference.at()) + " (line " + difference.line() + "):");
            difference.missing().forEach(line -> out.println("  - " + line));
            difference.unexpected().forEach(line -> out.println("  + " + line));
            difference.reasons().forEach(line -> out.println("      " + line));
        }
        out.println();
    }
}
