/* Which type of document it is: the evidence of every type is weighed, the best wins, the runner-up
 * and the reasons are told. No evidence: unknown. */
#include "extract/work.h"

#include "base/text.h"

typedef struct {
	const TypeRule *rule;
	double score;
	double sure;  /* the confidence of the zones it rests on */
	GString *why; /* NULL: nobody asks */
} Score;

static bool
evidence_holds(Work *work, const TypeRule *rule, const Evidence *evidence)
{
	if (zone_count(work->zones, evidence->zone) == 0)
		return false;
	if (!evidence->match)
		return true;
	Match match;
	return work_match(work, rule->id, evidence->match, work_zone(work, evidence->zone), 0,
		       &match) == MATCH_YES;
}

static Score
score_type(Work *work, const TypeRule *rule)
{
	Score score = { .rule = rule, .why = work->trace ? g_string_new(NULL) : NULL };
	double weights = 0, sure = 0;
	for (guint i = 0; i < rule->evidence->len; i++) {
		const Evidence *evidence = &g_array_index(rule->evidence, Evidence, i);
		if (!evidence_holds(work, rule, evidence))
			continue;
		score.score += evidence->weight;
		if (evidence->weight > 0) {
			weights += evidence->weight;
			sure += evidence->weight * work->zones->confidence[evidence->zone];
		}
		if (score.why)
			g_string_append_printf(score.why, "%s%s %+g", score.why->len ? ", " : "",
				zone_name(evidence->zone), evidence->weight);
	}
	score.sure = weights > 0 ? sure / weights : 0;
	return score;
}

/* Strong evidence far before the runner-up is near 1; the same evidence for two types is near one
 * half. */
static double
confidence_of(const Score *best, double second)
{
	double margin = (best->score - MAX(second, 0)) / best->score;
	double strength = MIN(1, best->score / 5);
	return best->sure * (0.5 + 0.5 * margin * strength);
}

static void
choose(Work *work, GArray *scores)
{
	const Score *best = NULL, *second = NULL;
	for (guint i = 0; i < scores->len; i++) {
		const Score *score = &g_array_index(scores, Score, i);
		if (score->score <= 0)
			continue;
		if (score->why)
			work_trace(work, "  %-18s %5.1f  %s\n", score->rule->id, score->score,
				score->why->str);
		if (!best || score->score > best->score) {
			second = best;
			best = score;
		} else if (!second || score->score > second->score) {
			second = score;
		}
	}
	if (!best || best->score < 1) {
		work_trace(work, "  type unknown: no type has evidence of 1 and more\n");
		return;
	}
	work->type = best->rule;
	g_free(work->reading->type_id);
	g_free(work->reading->type_name);
	work->reading->type_id = g_strdup(best->rule->id);
	work->reading->type_name = g_strdup(best->rule->label);
	work->reading->type_confidence = confidence_of(best, second ? second->score : 0);
	work_trace(work, "  chosen: %s (%.2f); runner-up: %s\n", best->rule->id,
		work->reading->type_confidence, second ? second->rule->id : "none");
}

void
classify(Work *work)
{
	GArray *scores = g_array_new(FALSE, FALSE, sizeof(Score));
	work_trace(work, "document type\n");
	for (guint i = 0; i < work->rules->types->len; i++) {
		const TypeRule *rule = work->rules->types->pdata[i];
		if (!rule_set_applies(rule->set, work->doc->format))
			continue;
		Score score = score_type(work, rule);
		g_array_append_val(scores, score);
	}
	choose(work, scores);
	for (guint i = 0; work->trace && i < scores->len; i++)
		g_string_free(g_array_index(scores, Score, i).why, TRUE);
	g_array_free(scores, TRUE);
}
