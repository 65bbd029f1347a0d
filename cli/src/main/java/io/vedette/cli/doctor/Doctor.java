package io.vedette.cli.doctor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vedette.cli.Printable;
import io.vedette.cli.config.Configuration;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Looks at everything that {@code up} needs, and tells how to mend what is wrong. Starts nothing and changes nothing. */
public final class Doctor {
    private static final int STATUS_WIDTH = 9;

    private Doctor() {}

    /**
     * Prints a line for each thing that was looked at, and one more for each that is to be mended.
     *
     * @param json print an array of objects with {@code check}, {@code status}, {@code detail} and {@code remedy} instead
     * @return whether all is well; a warning is
     */
    public static boolean run(Configuration configuration, boolean json, PrintWriter out) {
        List<Finding> findings = new ArrayList<>(new MachineChecks(configuration).all());
        try (TargetCheck targets =
                new TargetCheck(configuration.agent(), configuration.derive().catalogue())) {
            List<CheckedTarget> checked = configuration.agent().targets().parallelStream()
                    .map(targets::check)
                    .toList();
            checked.forEach(target -> findings.add(target.finding()));
            findings.addAll(NamedModels.check(configuration.rules().namedModels(), checked));
        }
        configuration.gateway().channels().parallelStream()
                .map(ChannelCheck::of)
                .forEachOrdered(findings::add);
        if (json) {
            out.println(json(findings));
        } else {
            findings.forEach(finding -> print(finding, out));
        }
        out.flush();
        return findings.stream().noneMatch(finding -> finding.status() == Finding.Status.FAULT);
    }

    private static void print(Finding finding, PrintWriter out) {
        String status = finding.status().word();
        out.println(status
                + " ".repeat(STATUS_WIDTH - status.length())
                + Printable.of(finding.check() + ": " + finding.detail()));
        if (!finding.remedy().isEmpty()) {
            out.println(" ".repeat(STATUS_WIDTH) + "→ " + Printable.of(finding.remedy()));
        }
    }

    private static String json(List<Finding> findings) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartArray();
            for (Finding finding : findings) {
                json.writeStartObject();
                json.writeStringField("check", finding.check());
                json.writeStringField("status", finding.status().word());
                json.writeStringField("detail", finding.detail());
                json.writeStringField("remedy", finding.remedy());
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
