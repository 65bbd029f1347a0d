package io.vedette.jobs.rules;

import dev.cel.common.ast.CelExpr;
import io.vedette.model.yaml.ConfigurationException;
import java.util.List;

/**
 * A comparison where an expression makes it.
 *
 * @param reads what stands on either side by itself
 */
record Compared(Expression in, CelExpr at, Part part, List<Reading> reads) {
    TruthExpr truth() {
        return part.truth();
    }

    /** A mistake at the comparison. */
    ConfigurationException mistake(String problem) {
        return in.mistake(at.id(), problem);
    }
}
