@NullMarked
package io.vedette.jobs.run;

import org.jspecify.annotations.NullMarked;
