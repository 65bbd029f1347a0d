package io.vedette.kafka;

import java.util.List;

/**
 * What {@link TopicSetup} did and found.
 *
 * @param created names of the topics that it created
 * @param findings what is wrong with the topics that were there before
 */
public record TopicReport(List<String> created, List<TopicFinding> findings) {
    public TopicReport {
        created = List.copyOf(created);
        findings = List.copyOf(findings);
    }

    /** The findings with which Vedette cannot run. */
    public List<TopicFinding> errors() {
        return findings.stream()
                .filter(finding -> finding.severity() == TopicFinding.Severity.ERROR)
                .toList();
    }
}
