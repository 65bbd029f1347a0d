package io.vedette.ingest.scrape;

import io.vedette.model.exposition.ExpositionFormat;
import io.vedette.model.exposition.ExpositionParser;
import io.vedette.model.exposition.Problem;
import io.vedette.model.exposition.ProblemReason;
import io.vedette.model.exposition.Scrape;
import io.vedette.model.sample.ScrapeFailure;
import java.util.EnumSet;
import java.util.Set;

/** Tells metrics from what merely came with status 200, or stands in a capture. */
public final class MetricsBody {
    /** What lines of prose or mark-up are to the parser. */
    private static final Set<ProblemReason> NO_METRICS = EnumSet.of(
            ProblemReason.INVALID_NAME,
            ProblemReason.INVALID_LABELS,
            ProblemReason.INVALID_VALUE,
            ProblemReason.INVALID_TIMESTAMP,
            ProblemReason.CUT_SHORT);

    private MetricsBody() {}

    static ScrapeOutcome classify(HttpAnswer.Ok answer, ExpositionParser parser) {
        return classify(answer.body(), ExpositionFormat.ofContentType(answer.contentType()), parser);
    }

    /**
     * Good when it is metrics for the most part: more samples than lines that are nothing of the kind.
     *
     * @param hint what is known of its format
     */
    public static ScrapeOutcome classify(byte[] body, ExpositionFormat hint, ExpositionParser parser) {
        int first = firstNonBlank(body);
        if (first == body.length) {
            return notMetrics("the body is empty");
        }
        if (body[first] == '<') {
            return notMetrics("the body is HTML or XML, not metrics; check the path in url");
        }
        Scrape scrape = parser.parse(body, 0, body.length, hint);
        int strange = scrape.problemCounts().entrySet().stream()
                .filter(problem -> NO_METRICS.contains(problem.getKey()))
                .mapToInt(problem -> problem.getValue())
                .sum();
        if (scrape.sampleCount() <= strange || scrape.families().isEmpty()) {
            return notMetrics(
                    "the body is not metrics: " + scrape.sampleCount() + " samples in " + body.length + " bytes"
                            + scrape.problems().stream()
                                    .findFirst()
                                    .map(MetricsBody::described)
                                    .orElse(""));
        }
        return new ScrapeOutcome.Good(scrape);
    }

    private static String described(Problem problem) {
        return "; line " + problem.line() + ": " + problem.detail();
    }

    private static ScrapeOutcome notMetrics(String detail) {
        return new ScrapeOutcome.Failed(ScrapeFailure.BODY, Printable.of(detail));
    }

    private static int firstNonBlank(byte[] body) {
        int i = 0;
        while (i < body.length && body[i] <= ' ' && body[i] >= 0) {
            i++;
        }
        return i;
    }
}
