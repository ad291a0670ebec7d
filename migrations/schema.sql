CREATE SCHEMA click_days;

CREATE SCHEMA entry;

CREATE TYPE public.pgqueuer_status AS ENUM (
    'queued',
    'picked',
    'successful',
    'exception',
    'canceled',
    'deleted',
    'failed'
);

CREATE FUNCTION entry.add_click_days(days date[]) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    SET lock_timeout TO '5s'
    AS $$
    declare
        today date := (elci_now() at time zone 'UTC')::date;
        parent text;
        part text;
        day date;
        made integer := 0;
    begin
        perform pg_advisory_xact_lock(1668573539, 1);
        foreach day in array days loop
            if day not between today - 1200 and today + 40 then
                raise exception 'no clicks are kept for that day' using errcode = 'check_violation';
            end if;
            foreach parent in array array['clicks', 'click_uniques'] loop
                part := parent || to_char(day, '_YYYYMMDD');
                continue when to_regclass(format('click_days.%I', part)) is not null;
                execute format('create table click_days.%I (like %I including all)', part, parent);
                execute format('alter table %I attach partition click_days.%I for values from (%L) to (%L)',
                    parent, part, day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC');
                made := made + 1;
            end loop;
        end loop;
        return made;
    end $$;

CREATE FUNCTION entry.advocacy_report_workspaces() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
        select distinct workspace_id from advocacy_report_zones
        where asked_at > elci_now() - interval '30 days'
    $$;

CREATE FUNCTION entry.alerting_workspaces() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$ select distinct workspace_id from alert_rules where enabled $$;

CREATE FUNCTION entry.branching_workspaces() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
        select w.id from workspaces w
        where exists (select from referral_changes c where c.workspace_id = w.id)
    $$;

CREATE FUNCTION entry.changed_payout_accounts() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$ select distinct a.workspace_id from payout_accounts a where a.unseen $$;

CREATE FUNCTION entry.clear_inbound(age interval, most integer) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
        with gone as (
            update inbound_deliveries d set body = null, headers = null, query = null, people = '{}',
                outcomes = (
                    select coalesce(jsonb_agg(one - 'value' order by place), '[]')
                    from jsonb_array_elements(d.outcomes) with ordinality as each (one, place)
                )
            from (
                select workspace_id, id from inbound_deliveries
                where received_at < elci_now() - age and headers is not null
                order by received_at limit most for update skip locked
            ) old
            where d.workspace_id = old.workspace_id and d.id = old.id
            returning 1
        )
        select count(*) from gone
    $$;

CREATE FUNCTION entry.click_privacy() RETURNS TABLE(workspace_id uuid, privacy jsonb)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
            select distinct on (r.workspace_id) r.workspace_id, r.rules -> 'privacy'
            from click_rules r order by r.workspace_id, r.version desc
        $$;

CREATE FUNCTION entry.clicked_workspaces() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$ select distinct workspace_id from click_rollups $$;

CREATE FUNCTION entry.content_workspaces() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
            select w.id from workspaces w
            where exists (select from influencers i where i.workspace_id = w.id)
        $$;

CREATE FUNCTION entry.disclosing_workspaces(text) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
        select distinct workspace_id from disclosure_watches
        where archived_at is null and rules is distinct from $1
    $_$;

CREATE FUNCTION entry.doubted_programs() RETURNS TABLE(workspace_id uuid, program_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
        select c.workspace_id, c.program_id from referral_checks c
        where coalesce(c.started_at, '-infinity') + greatest(10 * c.took, interval '5 minutes') <= elci_now()
            and (c.changed_at is not null or c.started_at > coalesce(c.checked_at, '-infinity')
                or exists (
                    select from payout_accounts x
                    join advocates a on a.workspace_id = x.workspace_id and a.partner_id = x.partner_id
                    where x.workspace_id = c.workspace_id and a.program_id = c.program_id
                        and x.created_at > c.started_at))
            or (c.started_at is null and c.changed_at is not null)
    $$;

CREATE FUNCTION entry.drop_click_day(clicks_before date, uniques_before date) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    SET lock_timeout TO '5s'
    AS $$
    declare
        oldest text;
    begin
        perform pg_advisory_xact_lock(1668573539, 1);
        select c.relname into oldest from pg_class c
        where c.relnamespace = 'click_days'::regnamespace and c.relkind = 'r'
          and to_date(right(c.relname, 8), 'YYYYMMDD')
              < case when c.relname like 'clicks\_%' then clicks_before else uniques_before end
        order by right(c.relname, 8), c.relname limit 1;
        if oldest is not null then
            execute format('drop table click_days.%I', oldest);
        end if;
        return oldest;
    end $$;

CREATE FUNCTION entry.drop_inbound(age interval, most integer) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
        with gone as (
            delete from inbound_deliveries d using (
                select workspace_id, id from inbound_deliveries
                where received_at < elci_now() - age order by received_at limit most for update skip locked
            ) old
            where d.workspace_id = old.workspace_id and d.id = old.id
            returning 1
        )
        select count(*) from gone
    $$;

CREATE FUNCTION entry.drop_mention_fetches(age interval, most integer) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
        with gone as (
            delete from mention_fetches f using (
                select workspace_id, source_id, media_id, comment_id from mention_fetches
                where ended_at < elci_now() - age limit most for update skip locked
            ) old
            where f.workspace_id = old.workspace_id and f.source_id = old.source_id
              and f.media_id = old.media_id and f.comment_id = old.comment_id
            returning 1
        )
        select count(*) from gone
    $$;

CREATE FUNCTION entry.drop_score_contexts(age interval, most integer) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
            with gone as (
                delete from score_contexts where ctid in (
                    select ctid from score_contexts where as_of < elci_now() - age limit most)
                returning 1
            )
            select count(*) from gone
        $$;

CREATE FUNCTION entry.drop_score_runs(age interval, most integer) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
            with gone as (
                delete from score_runs where ctid in (
                    select ctid from score_runs where as_of < elci_now() - age limit most)
                returning 1
            )
            select count(*) from gone
        $$;

CREATE FUNCTION entry.due_mention_sources() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
        select workspace_id from mention_sources
        where due_at <= elci_now() and not paused and archived_at is null
        union
        select f.workspace_id from mention_fetches f
        join mention_sources s on s.workspace_id = f.workspace_id and s.id = f.source_id
        where f.status = 'waiting' and f.due_at <= elci_now()
          and s.token_sealed is not null and not s.paused and s.archived_at is null
    $$;

CREATE FUNCTION entry.due_workspaces() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
        select w.id from workspaces w where exists (
            select from commissions c
            where c.workspace_id = w.id and c.status = 'pending' and c.due_at <= elci_now()
        )
    $$;

CREATE FUNCTION entry.earning_workspaces() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
        select distinct workspace_id from program_terms
        where terms -> 'rules' @> '[{"kind": "click"}]' or jsonb_array_length(terms -> 'bonuses') > 0
    $$;

CREATE FUNCTION entry.find_integration(bytea) RETURNS TABLE(workspace_id uuid, id uuid, kind text, sealed bytea[], now timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $_$
        select i.workspace_id, i.id, i.kind, array(
            select s.sealed from integration_secrets s
            where s.workspace_id = i.workspace_id and s.integration_id = i.id
              and (s.expires_at is null or s.expires_at > elci_now())
            order by s.id desc
        ), elci_now()
        from integrations i where i.token_digest = $1 and i.archived_at is null
    $_$;

CREATE FUNCTION entry.find_invitation(bytea) RETURNS TABLE(workspace_id uuid, id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$ select workspace_id, id from invitations where token_hash = $1 $_$;

CREATE FUNCTION entry.find_join_page(text) RETURNS TABLE(workspace_id uuid, program_id uuid, locale text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
            select p.workspace_id, p.program_id, w.locale
            from join_pages p join workspaces w on w.id = p.workspace_id
            where p.token = $1
        $_$;

CREATE FUNCTION entry.find_key(text) RETURNS TABLE(workspace_id uuid, id uuid, kind text, scopes text[], secret_hash bytea, stale boolean, now timestamp with time zone, partner_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
            select k.workspace_id, k.id, k.kind, k.scopes, k.secret_hash,
                coalesce(k.last_used_at < elci_now() - interval '1 minute', true), elci_now(), k.partner_id
            from api_keys k
            left join partners p on p.workspace_id = k.workspace_id and p.id = k.partner_id
            where k.prefix = $1 and k.revoked_at is null and coalesce(k.expires_at > elci_now(), true)
                and (k.partner_id is null or p.status <> 'archived')
        $_$;

CREATE FUNCTION entry.find_partner_invitation(bytea) RETURNS TABLE(workspace_id uuid, id uuid, partner_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$ select workspace_id, id, partner_id from partner_invitations where token_hash = $1 $_$;

CREATE FUNCTION entry.find_partner_session(uuid) RETURNS TABLE(workspace_id uuid, partner_id uuid, email_key text, now timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
            select s.workspace_id, s.partner_id, s.email_key, elci_now()
            from partner_sessions s
            join partners p on p.workspace_id = s.workspace_id and p.id = s.partner_id
            where s.id = $1 and s.revoked_at is null and s.expires_at > elci_now()
                and p.status <> 'archived'
                and (p.email_key = s.email_key or exists (
                    select from partner_users u
                    where u.workspace_id = s.workspace_id and u.partner_id = s.partner_id
                        and u.email_key = s.email_key
                ))
        $_$;

CREATE FUNCTION entry.find_program(uuid) RETURNS TABLE(workspace_id uuid, id uuid, locale text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
            select p.workspace_id, p.id, w.locale
            from programs p join workspaces w on w.id = p.workspace_id
            where p.id = $1
        $_$;

CREATE FUNCTION entry.find_session(uuid) RETURNS TABLE(workspace_id uuid, person_id uuid, role text, now timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
                select workspace_id, person_id, m.role, elci_now()
                from sessions s
                join members m using (workspace_id, person_id)
                join people p on p.id = person_id
                where s.id = $1 and s.revoked_at is null and s.expires_at > elci_now()
                    and s.created_at >= p.password_changed_at
            $_$;

CREATE FUNCTION entry.find_share(bytea) RETURNS TABLE(workspace_id uuid, share_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
            select s.workspace_id, s.id
            from shortlist_shares s
            join shortlists l on l.workspace_id = s.workspace_id and l.id = s.shortlist_id
            where s.token_hash = $1 and s.revoked_at is null and s.expires_at > elci_now()
                and l.archived_at is null
        $_$;

CREATE FUNCTION entry.is_host_of_others(uuid, text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$ select exists (select from links where host = $2 and workspace_id <> $1) $_$;

CREATE FUNCTION entry.joining_workspaces() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
            select w.id from workspaces w where exists (
                select from join_requests r where r.workspace_id = w.id and r.expires_at <= elci_now()
            )
        $$;

CREATE FUNCTION entry.link_hosts() RETURNS SETOF text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
            select distinct h.host from workspaces w cross join unnest(w.link_hosts) as h (host)
        $$;

CREATE FUNCTION entry.lost_work() RETURNS TABLE(what text, workspace_id uuid, id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
            select 'job', j.workspace_id, j.id from jobs j
            where j.status in ('queued', 'running')
              and not exists (select from pgqueuer q where q.id = j.queue_id)
            union all
            select 'message', o.workspace_id, o.id from outbox o
            where o.status = 'waiting'
              and not exists (select from pgqueuer q where q.id = o.queue_id)
            limit 1000
        $$;

CREATE FUNCTION entry.marked_workspaces() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$ select distinct workspace_id from click_marks $$;

CREATE FUNCTION entry.memberships(uuid) RETURNS TABLE(workspace_id uuid, name text, role text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
                select w.id, w.name, m.role
                from members m join workspaces w on w.id = m.workspace_id
                where m.person_id = $1
                order by m.created_at, w.id
            $_$;

CREATE FUNCTION entry.new_workspace(uuid, text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$ insert into workspaces (id, name) values ($1, $2) $_$;

CREATE FUNCTION entry.noticing_workspaces() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$ select distinct n.workspace_id from notices n where n.state = 'waiting' $$;

CREATE FUNCTION entry.open_work() RETURNS TABLE(what text, state text, number bigint, oldest_s double precision)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
            select 'job', status, count(*), extract(epoch from elci_now() - min(created_at))::float8
            from jobs where status in ('queued', 'running') group by status
            union all
            select 'message', topic, count(*), extract(epoch from elci_now() - min(created_at))::float8
            from outbox where status = 'waiting' group by topic
        $$;

CREATE FUNCTION entry.partner_memberships(text) RETURNS TABLE(workspace_id uuid, workspace text, partner_id uuid, partner text, locale text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
            select w.id, w.name, p.id, p.name, coalesce(s.language, w.locale)
            from partners p join workspaces w on w.id = p.workspace_id
            left join partner_preferences s on s.workspace_id = p.workspace_id and s.partner_id = p.id
            where p.status <> 'archived' and (
                p.email_key = $1
                or (p.workspace_id, p.id) in (
                    select u.workspace_id, u.partner_id from partner_users u where u.email_key = $1
                )
            )
            order by p.created_at, p.id
        $_$;

CREATE FUNCTION entry.purge_kit(most integer) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
            with keys as (
                delete from idempotency_keys where ctid in (
                    select ctid from idempotency_keys where expires_at <= elci_now() limit most)
                returning 1
            ), messages as (
                delete from outbox where ctid in (
                    select ctid from outbox where finished_at < elci_now() - interval '7 days' limit most)
                returning 1
            ), finished as (
                delete from jobs where ctid in (
                    select ctid from jobs where finished_at < elci_now() - interval '90 days' limit most)
                returning 1
            )
            select (select count(*) from keys) + (select count(*) from messages)
                 + (select count(*) from finished)
        $$;

CREATE FUNCTION entry.purge_referral_marks(before timestamp with time zone, most integer) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
        with gone as (
            delete from referral_marks where ctid in (
                select ctid from referral_marks where seen_at < before limit most)
            returning 1
        )
        select count(*) from gone
    $$;

CREATE FUNCTION entry.purge_site_events(before timestamp with time zone, most integer) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
            with gone as (
                delete from site_events where ctid in (
                    select ctid from site_events where occurred_at < before limit most)
                returning 1
            )
            select count(*) from gone
        $$;

CREATE FUNCTION entry.purge_track_keys(most integer) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
            with gone as (
                delete from track_keys where ctid in (
                    select ctid from track_keys where created_at < elci_now() - interval '2 days' limit most)
                returning 1
            )
            select count(*) from gone
        $$;

CREATE FUNCTION entry.resolve_link(text, text) RETURNS TABLE(workspace_id uuid, link_id uuid, code text, host text, url text, mode text, targets jsonb, utm jsonb, sub text[], partner_id uuid, campaign_id uuid, via text, cap integer, expires_at timestamp with time zone, retired boolean, network text, tracking_id text, version integer, fallback_url text, platform text, partner text, title text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
            select l.workspace_id, l.id, l.code, l.host, l.url, l.mode, l.targets, l.utm,
                array[l.sub1, l.sub2, l.sub3, l.sub4, l.sub5], l.partner_id, l.campaign_id, l.via, l.cap,
                l.expires_at, l.retired_at is not null or not a.allowed, l.network, l.tracking_id, l.version,
                case when a.allowed then l.fallback_url end, l.platform, p.slug, l.title
            from links l
            join workspaces w on w.id = l.workspace_id
            cross join lateral (select hosts_allowed(l.hosts, w.destination_hosts) as allowed) a
            left join partners p on p.workspace_id = l.workspace_id and p.id = l.partner_id
            where coalesce(l.host, '') = $1 and l.code = $2
        $_$;

CREATE FUNCTION entry.reviewed_workspaces(since timestamp with time zone) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
        select w.id from workspaces w where exists (
            select from conversions c where c.workspace_id = w.id and c.occurred_at >= since
        )
    $$;

CREATE FUNCTION entry.rewarding_workspaces() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
        select w.id from workspaces w where exists (
            select from rewards r
            where r.workspace_id = w.id and r.status = 'pending' and r.due_at <= elci_now()
        ) or exists (
            select from rewards r
            where r.workspace_id = w.id and r.status = 'available' and r.rest >= 0
                and r.expires_at <= elci_now()
        ) or exists (
            select from referrals r
            where r.workspace_id = w.id and r.state = 'invited' and r.channel = 'link'
                and r.invited_at > elci_now() - interval '90 days'
        )
    $$;

CREATE FUNCTION entry.stale_prices(days integer) RETURNS TABLE(workspace_id uuid, influencer_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
            with today as (select (elci_now() at time zone 'UTC')::date as day)
            select r.workspace_id, r.influencer_id
            from influencer_rates r, today
            where (r.valid_from <= day and r.valid_from > day - days)
                or (r.valid_to < day and r.valid_to >= day - days)
            union
            select s.workspace_id, s.influencer_id
            from influencer_search s join workspaces w on w.id = s.workspace_id
            where s.currency <> w.currency
        $$;

CREATE FUNCTION entry.sweep_graphs() RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
        delete from graph_uploads where job_id is null and created_at < elci_now() - interval '6 hours';
        delete from graph_uploads u where u.job_id is not null
          and not exists (select from jobs j where j.workspace_id = u.workspace_id and j.id = u.job_id
                          and j.status in ('queued', 'running'));
    $$;

CREATE FUNCTION entry.sweep_imports() RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
        delete from imports where job_id is null and created_at < elci_now() - interval '6 hours';
        delete from import_chunks c using imports i
        where i.workspace_id = c.workspace_id and i.id = c.import_id and i.job_id is not null
          and not exists (select from jobs j where j.workspace_id = i.workspace_id and j.id = i.job_id
                          and j.status in ('queued', 'running'));
        update import_rejects r set value = null from imports i
        where i.workspace_id = r.workspace_id and i.id = r.import_id and r.value is not null
          and i.created_at < elci_now() - interval '30 days';
        update imports set sample = '[]'
        where sample <> '[]' and created_at < elci_now() - interval '30 days';
    $$;

CREATE FUNCTION entry.touch_key(uuid, uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
                update api_keys set last_used_at = elci_now()
                where (workspace_id, id) = (
                    select workspace_id, id from api_keys
                    where workspace_id = $1 and id = $2 for update skip locked
                )
            $_$;

CREATE FUNCTION entry.voucher_workspaces() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
        select distinct workspace_id from voucher_pools
        where low_stock is not null and low_told_at is null and closed_at is null
    $$;

CREATE FUNCTION entry.waiting_inbound() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
        select distinct workspace_id from inbound_deliveries
        where status = 'received' and due_at <= elci_now()
    $$;

CREATE FUNCTION entry.waiting_workspaces() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$ select distinct workspace_id from conversion_waits $$;

CREATE FUNCTION public.app_partner() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ select nullif(current_setting('app.partner_id', true), '')::uuid $$;

CREATE FUNCTION public.app_workspace() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ select nullif(current_setting('app.workspace_id', true), '')::uuid $$;

CREATE FUNCTION public.drop_graph_results() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    begin
        delete from graph_results
        where workspace_id = new.workspace_id and graph_id = new.id and version <> new.version;
        return null;
    end $$;

CREATE FUNCTION public.elci_now() RETURNS timestamp with time zone
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ select clock_timestamp() + coalesce(
            nullif(current_setting('app.clock_offset', true), '')::interval, interval '0') $$;

CREATE FUNCTION public.fn_pgqueuer_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    to_emit BOOLEAN := false;  -- Flag to decide whether to emit a notification
BEGIN
    -- Check operation type and set the emit flag accordingly
    IF TG_OP = 'UPDATE' AND OLD IS DISTINCT FROM NEW THEN
        to_emit := true;
    ELSIF TG_OP = 'DELETE' THEN
        to_emit := true;
    ELSIF TG_OP = 'INSERT' THEN
        to_emit := true;
    ELSIF TG_OP = 'TRUNCATE' THEN
        to_emit := true;
    END IF;

    -- Perform notification if the emit flag is set
    IF to_emit THEN
        PERFORM pg_notify(
            'ch_pgqueuer',
            json_build_object(
                'channel', 'ch_pgqueuer',
                'operation', lower(TG_OP),
                'sent_at', NOW(),
                'table', TG_TABLE_NAME,
                'type', 'table_changed_event'
            )::text
        );
    END IF;

    -- Return appropriate value based on the operation
    IF TG_OP IN ('INSERT', 'UPDATE') THEN
        RETURN NEW;
    ELSIF TG_OP = 'DELETE' THEN
        RETURN OLD;
    ELSE
        RETURN NULL; -- For TRUNCATE and other non-row-specific contexts
    END IF;

END;
$$;

CREATE FUNCTION public.hosts_allowed(hosts text[], allowed text[]) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
            select not exists (
                select from unnest(hosts) as h (host)
                where not exists (
                    select from unnest(allowed) as a (host)
                    where h.host = a.host
                        or (a.host like '*.%' and right(h.host, length(a.host) - 1) = substr(a.host, 2))
                )
            )
        $$;

CREATE FUNCTION public.ledger_entry_adds_up() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
    begin
        if exists (
            select from ledger_postings
            where workspace_id = new.workspace_id and entry_id = new.entry_id
            group by currency having sum(amount) <> 0
        ) then
            raise exception 'the postings of an entry add up to 0 in each currency'
                using errcode = 'check_violation', constraint = 'ledger_postings_sum';
        end if;
        return null;
    end $$;

CREATE FUNCTION public.mark_click_hours() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
        begin
            insert into click_marks (workspace_id, hour)
            select distinct workspace_id, date_trunc('hour', clicked_at, 'UTC') from new_clicks;
            return null;
        end $$;

CREATE FUNCTION public.mentions_rated() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
    begin
        update reviews set stars = new.stars, words = new.text <> '' or new.title is not null
        where workspace_id = new.workspace_id and id = new.id;
        return null;
    end
    $$;

CREATE FUNCTION public.note_account() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
    begin
        insert into referral_changes (workspace_id, program_id, advocate_id)
        values (new.workspace_id, new.program_id, new.id);
        return null;
    end $$;

CREATE FUNCTION public.note_coupon() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
    begin
        insert into coupon_history (workspace_id, coupon_id, since, kind, partner_id)
        values (new.workspace_id, new.id,
            case tg_op when 'INSERT' then '-infinity'::timestamptz else elci_now() end,
            new.kind, new.partner_id)
        on conflict (workspace_id, coupon_id, since) do update
        set kind = excluded.kind, partner_id = excluded.partner_id;
        return null;
    end $$;

CREATE FUNCTION public.note_referral() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
    begin
        insert into referral_changes (workspace_id, program_id, referral_id)
        values (new.workspace_id, new.program_id, new.id);
        return null;
    end $$;

CREATE FUNCTION public.obligation_sums_insert() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
        declare
            workspace_ids uuid[];
            empty bigint[];
        begin
            with moved as materialized (
                select workspace_id, program_id, kind, currency, pool_id, standing, each, earned_on, due_on, sum(n)::bigint as n, sum(amount) as amount from (
        select workspace_id, program_id, kind, currency, pool_id, standing,
            case when standing in ('ready', 'promised') and kind <> 'voucher' then worth end as each,
            earned_on, due_on, 1 as n,
            case when kind = 'voucher' then 0 else 1 * coalesce(worth, 0) end as amount
        from (
            select workspace_id, program_id, kind, currency, pool_id,
                case
                    when status in ('reversed', 'rejected') then 'withdrawn'
                    when status = 'expired' then 'expired'
                    when delivered_at is not null or status = 'redeemed'
                        or (status = 'available' and kind in ('points', 'credit', 'cash')) then 'delivered'
                    when status = 'available' then 'ready'
                    else 'promised' end as standing,
                case
                    when currency is null then null
                    when total > 0 and status not in ('reversed', 'rejected')
                        then amount - round(amount::numeric * least(refunded, total) / total)::bigint
                    else amount end as worth,
                (earned_at at time zone 'UTC')::date as earned_on,
                (coalesce(due_at, earned_at) at time zone 'UTC')::date as due_on
            from after
        ) stood
    ) p
                group by 1, 2, 3, 4, 5, 6, 7, 8, 9 having sum(n) <> 0 or sum(amount) <> 0
            ), found as materialized (
                select m.*, s.id as row_id from moved m
                left join lateral (
                    select s.id from obligation_sums s
                    where s.workspace_id = m.workspace_id and s.program_id = m.program_id
                        and s.earned_on = m.earned_on and s.due_on = m.due_on and s.kind = m.kind
                        and s.standing = m.standing and s.currency is not distinct from m.currency
                        and s.pool_id is not distinct from m.pool_id
                        and s.each is not distinct from m.each
                    order by s.id limit 1 for update skip locked
                ) s on true
            ), kept as (
                update obligation_sums s set n = s.n + f.n, amount = s.amount + f.amount from found f
                where s.workspace_id = f.workspace_id and s.id = f.row_id
                returning s.workspace_id, s.id, s.n, s.amount
            ), added as (
                insert into obligation_sums (workspace_id, program_id, kind, currency, pool_id, standing, each, earned_on, due_on, n, amount)
                select workspace_id, program_id, kind, currency, pool_id, standing, each, earned_on, due_on, n, amount from found where row_id is null
            )
            select array_agg(distinct workspace_id), array_agg(id) into workspace_ids, empty
            from kept where n = 0 and amount = 0;
            if empty is not null then
                delete from obligation_sums
                where workspace_id = any(workspace_ids) and id = any(empty) and n = 0 and amount = 0;
            end if;
            return null;
        end
        $$;

CREATE FUNCTION public.obligation_sums_update() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
        declare
            workspace_ids uuid[];
            empty bigint[];
        begin
            with moved as materialized (
                select workspace_id, program_id, kind, currency, pool_id, standing, each, earned_on, due_on, sum(n)::bigint as n, sum(amount) as amount from (
        select workspace_id, program_id, kind, currency, pool_id, standing,
            case when standing in ('ready', 'promised') and kind <> 'voucher' then worth end as each,
            earned_on, due_on, 1 as n,
            case when kind = 'voucher' then 0 else 1 * coalesce(worth, 0) end as amount
        from (
            select workspace_id, program_id, kind, currency, pool_id,
                case
                    when status in ('reversed', 'rejected') then 'withdrawn'
                    when status = 'expired' then 'expired'
                    when delivered_at is not null or status = 'redeemed'
                        or (status = 'available' and kind in ('points', 'credit', 'cash')) then 'delivered'
                    when status = 'available' then 'ready'
                    else 'promised' end as standing,
                case
                    when currency is null then null
                    when total > 0 and status not in ('reversed', 'rejected')
                        then amount - round(amount::numeric * least(refunded, total) / total)::bigint
                    else amount end as worth,
                (earned_at at time zone 'UTC')::date as earned_on,
                (coalesce(due_at, earned_at) at time zone 'UTC')::date as due_on
            from after
        ) stood
     union all 
        select workspace_id, program_id, kind, currency, pool_id, standing,
            case when standing in ('ready', 'promised') and kind <> 'voucher' then worth end as each,
            earned_on, due_on, -1 as n,
            case when kind = 'voucher' then 0 else -1 * coalesce(worth, 0) end as amount
        from (
            select workspace_id, program_id, kind, currency, pool_id,
                case
                    when status in ('reversed', 'rejected') then 'withdrawn'
                    when status = 'expired' then 'expired'
                    when delivered_at is not null or status = 'redeemed'
                        or (status = 'available' and kind in ('points', 'credit', 'cash')) then 'delivered'
                    when status = 'available' then 'ready'
                    else 'promised' end as standing,
                case
                    when currency is null then null
                    when total > 0 and status not in ('reversed', 'rejected')
                        then amount - round(amount::numeric * least(refunded, total) / total)::bigint
                    else amount end as worth,
                (earned_at at time zone 'UTC')::date as earned_on,
                (coalesce(due_at, earned_at) at time zone 'UTC')::date as due_on
            from before
        ) stood
    ) p
                group by 1, 2, 3, 4, 5, 6, 7, 8, 9 having sum(n) <> 0 or sum(amount) <> 0
            ), found as materialized (
                select m.*, s.id as row_id from moved m
                left join lateral (
                    select s.id from obligation_sums s
                    where s.workspace_id = m.workspace_id and s.program_id = m.program_id
                        and s.earned_on = m.earned_on and s.due_on = m.due_on and s.kind = m.kind
                        and s.standing = m.standing and s.currency is not distinct from m.currency
                        and s.pool_id is not distinct from m.pool_id
                        and s.each is not distinct from m.each
                    order by s.id limit 1 for update skip locked
                ) s on true
            ), kept as (
                update obligation_sums s set n = s.n + f.n, amount = s.amount + f.amount from found f
                where s.workspace_id = f.workspace_id and s.id = f.row_id
                returning s.workspace_id, s.id, s.n, s.amount
            ), added as (
                insert into obligation_sums (workspace_id, program_id, kind, currency, pool_id, standing, each, earned_on, due_on, n, amount)
                select workspace_id, program_id, kind, currency, pool_id, standing, each, earned_on, due_on, n, amount from found where row_id is null
            )
            select array_agg(distinct workspace_id), array_agg(id) into workspace_ids, empty
            from kept where n = 0 and amount = 0;
            if empty is not null then
                delete from obligation_sums
                where workspace_id = any(workspace_ids) and id = any(empty) and n = 0 and amount = 0;
            end if;
            return null;
        end
        $$;

CREATE FUNCTION public.reviews_rated() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
    begin
        select m.stars, text <> '' or title is not null into new.stars, new.words from mentions m
        where m.workspace_id = new.workspace_id and m.id = new.id for share;
        new.words := coalesce(new.words, false);
        return new;
    end
    $$;

CREATE FUNCTION public.reward_sums_insert() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
        begin
            with moved as materialized (
                select workspace_id, program_id, unit, sum(amount) as amount from (
        select workspace_id, program_id, currency as unit, 1 * amount as amount from after
        where currency is not null and gone is null and rejected is null and held is null
    ) p
                group by 1, 2, 3 having sum(amount) <> 0 order by 1, 2, 3
            ), kept as (
                update reward_sums s set spent = s.spent + m.amount from moved m
                where s.workspace_id = m.workspace_id and s.program_id = m.program_id and s.unit = m.unit
                returning s.workspace_id, s.program_id, s.unit
            )
            insert into reward_sums (workspace_id, program_id, unit, spent)
            select m.workspace_id, m.program_id, m.unit, m.amount from moved m
            where not exists (
                select from kept k
                where k.workspace_id = m.workspace_id and k.program_id = m.program_id and k.unit = m.unit
            )
            on conflict (workspace_id, program_id, unit) do update
            set spent = reward_sums.spent + excluded.spent;
            return null;
        end
        $$;

CREATE FUNCTION public.reward_sums_update() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
        begin
            with moved as materialized (
                select workspace_id, program_id, unit, sum(amount) as amount from (
        select workspace_id, program_id, currency as unit, 1 * amount as amount from after
        where currency is not null and gone is null and rejected is null and held is null
     union all 
        select workspace_id, program_id, currency as unit, -1 * amount as amount from before
        where currency is not null and gone is null and rejected is null and held is null
    ) p
                group by 1, 2, 3 having sum(amount) <> 0 order by 1, 2, 3
            ), kept as (
                update reward_sums s set spent = s.spent + m.amount from moved m
                where s.workspace_id = m.workspace_id and s.program_id = m.program_id and s.unit = m.unit
                returning s.workspace_id, s.program_id, s.unit
            )
            insert into reward_sums (workspace_id, program_id, unit, spent)
            select m.workspace_id, m.program_id, m.unit, m.amount from moved m
            where not exists (
                select from kept k
                where k.workspace_id = m.workspace_id and k.program_id = m.program_id and k.unit = m.unit
            )
            on conflict (workspace_id, program_id, unit) do update
            set spent = reward_sums.spent + excluded.spent;
            return null;
        end
        $$;

CREATE FUNCTION public.store_clicks() RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
    declare
        one uuid;
        added bigint;
        stored bigint := 0;
    begin
        for one in select distinct workspace_id from pg_temp.click_intake order by 1 loop
            perform set_config('app.workspace_id', one::text, true);
            with firsts as (
                insert into click_uniques (workspace_id, hour, link_id, visitor, click_id)
                select distinct on (hour, link_id, visitor)
                    workspace_id, date_trunc('hour', clicked_at, 'UTC') as hour, link_id, visitor, id
                from pg_temp.click_intake where workspace_id = one and visitor is not null
                order by hour, link_id, visitor, clicked_at, id
                on conflict do nothing
                returning click_id
            )
            insert into clicks
            select workspace_id, clicked_at, id, link_id, partner_id, campaign_id, kind, target, visitor,
                id in (select click_id from firsts), counted, reasons, country, language, device,
                os, browser, in_app, referrer_host, platform, sub1, sub2, sub3, sub4, sub5, user_agent,
                network_class
            from pg_temp.click_intake where workspace_id = one
            order by clicked_at, id
            on conflict do nothing;
            get diagnostics added = row_count;
            stored := stored + added;
        end loop;
        return stored;
    end $$;

CREATE FUNCTION public.tell_hosts_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    begin
        perform pg_notify('links_changed', '*');
        return null;
    end $$;

CREATE FUNCTION public.tell_link_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    begin
        perform pg_notify('links_changed', coalesce(new.host, '') || '/' || new.code);
        return null;
    end $$;

CREATE FUNCTION public.tell_link_gone() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    begin
        perform pg_notify('links_changed', coalesce(old.host, '') || '/' || old.code);
        return null;
    end $$;

CREATE FUNCTION public.tell_partner_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    begin
        perform pg_notify('links_changed', coalesce(l.host, '') || '/' || l.code)
            from links l where l.workspace_id = new.workspace_id and l.partner_id = new.id;
        return null;
    end $$;

CREATE TABLE public.account_activity (
    workspace_id uuid NOT NULL,
    account_id uuid NOT NULL,
    first_seen_at timestamp with time zone,
    gaps integer NOT NULL,
    gap_mean double precision,
    gap_deviation double precision,
    gap_longest double precision,
    irregular boolean NOT NULL,
    computed_at timestamp with time zone DEFAULT public.elci_now() NOT NULL
);

ALTER TABLE ONLY public.account_activity FORCE ROW LEVEL SECURITY;

CREATE TABLE public.account_authority (
    workspace_id uuid NOT NULL,
    account_id uuid NOT NULL,
    topic text NOT NULL,
    category text,
    creator boolean NOT NULL,
    pagerank double precision,
    mentioners integer,
    creators integer,
    version bigint NOT NULL,
    computed_at timestamp with time zone DEFAULT public.elci_now() NOT NULL
);

ALTER TABLE ONLY public.account_authority FORCE ROW LEVEL SECURITY;

CREATE TABLE public.account_growth (
    workspace_id uuid NOT NULL,
    account_id uuid NOT NULL,
    usual double precision NOT NULL,
    weeks double precision NOT NULL,
    jump double precision,
    jump_day double precision
);

ALTER TABLE ONLY public.account_growth FORCE ROW LEVEL SECURITY;

CREATE TABLE public.address_ranges (
    kind text NOT NULL COLLATE pg_catalog."C",
    packed bytea NOT NULL,
    digest bytea NOT NULL,
    ranges integer NOT NULL,
    source text NOT NULL,
    imported_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT address_ranges_kind_check CHECK ((kind = ANY (ARRAY['country'::text, 'datacenter'::text]))),
    CONSTRAINT address_ranges_ranges_check CHECK ((ranges > 0))
);
ALTER TABLE ONLY public.address_ranges ALTER COLUMN packed SET STORAGE EXTERNAL;

CREATE TABLE public.advocacy_report_zones (
    workspace_id uuid NOT NULL,
    tz text NOT NULL COLLATE pg_catalog."C",
    asked_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    job_id uuid,
    as_of timestamp with time zone,
    mark timestamp with time zone,
    seconds double precision
);

ALTER TABLE ONLY public.advocacy_report_zones FORCE ROW LEVEL SECURITY;

CREATE TABLE public.advocacy_reports (
    workspace_id uuid NOT NULL,
    tz text NOT NULL COLLATE pg_catalog."C",
    scope uuid NOT NULL,
    body bytea NOT NULL
);
ALTER TABLE ONLY public.advocacy_reports ALTER COLUMN body SET STORAGE EXTERNAL;

ALTER TABLE ONLY public.advocacy_reports FORCE ROW LEVEL SECURITY;

CREATE TABLE public.advocacy_terms (
    workspace_id uuid NOT NULL,
    program_id uuid NOT NULL,
    version integer NOT NULL,
    valid_from timestamp with time zone,
    terms jsonb NOT NULL,
    created_by text NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL
);

ALTER TABLE ONLY public.advocacy_terms FORCE ROW LEVEL SECURITY;

CREATE TABLE public.advocate_deeds (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    program_id uuid NOT NULL,
    advocate_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    external_id text NOT NULL COLLATE pg_catalog."C",
    occurred_at timestamp with time zone NOT NULL,
    created_by text NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT advocate_deeds_kind_check CHECK ((kind = ANY (ARRAY['click'::text, 'review'::text, 'content'::text, 'mention'::text, 'comment'::text, 'share'::text])))
);

ALTER TABLE ONLY public.advocate_deeds FORCE ROW LEVEL SECURITY;

CREATE TABLE public.advocate_keys (
    workspace_id uuid NOT NULL,
    program_id uuid NOT NULL,
    key bytea NOT NULL,
    advocate_id uuid NOT NULL,
    CONSTRAINT advocate_keys_key_check CHECK ((octet_length(key) = 32))
);

ALTER TABLE ONLY public.advocate_keys FORCE ROW LEVEL SECURITY;

CREATE TABLE public.advocates (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    program_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    member text NOT NULL COLLATE pg_catalog."C",
    joined_by text COLLATE pg_catalog."C",
    join_on text COLLATE pg_catalog."C",
    status text DEFAULT 'active'::text NOT NULL COLLATE pg_catalog."C",
    tier text,
    board_name text,
    consent_at timestamp with time zone,
    consent_text text,
    referral_id uuid,
    link_id uuid,
    coupon_id uuid,
    joined_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    erased_at timestamp with time zone,
    CONSTRAINT advocates_check CHECK (((status = 'guest'::text) = (joined_at IS NULL))),
    CONSTRAINT advocates_check1 CHECK (((status = 'guest'::text) OR (consent_at IS NOT NULL))),
    CONSTRAINT advocates_check2 CHECK (((join_on IS NULL) OR (consent_at IS NOT NULL))),
    CONSTRAINT advocates_join_on_check CHECK ((join_on = ANY (ARRAY['purchase'::text, 'mention'::text]))),
    CONSTRAINT advocates_joined_by_check CHECK ((joined_by = ANY (ARRAY['api'::text, 'page'::text, 'purchase'::text, 'mention'::text]))),
    CONSTRAINT advocates_member_check CHECK ((member = ANY (ARRAY['customer'::text, 'fan'::text, 'employee'::text, 'influencer'::text]))),
    CONSTRAINT advocates_status_check CHECK ((status = ANY (ARRAY['guest'::text, 'active'::text, 'paused'::text, 'left'::text])))
);

ALTER TABLE ONLY public.advocates FORCE ROW LEVEL SECURITY;

CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);

CREATE TABLE public.alert_rules (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    query_id uuid NOT NULL,
    kinds text[] NOT NULL,
    p double precision NOT NULL,
    min_mentions integer NOT NULL,
    quiet_hours jsonb,
    recipients text[] DEFAULT '{}'::text[] NOT NULL,
    checklist text[] DEFAULT '{}'::text[] NOT NULL,
    enabled boolean NOT NULL,
    watched_from timestamp with time zone NOT NULL,
    checked_at timestamp with time zone,
    fitted_version integer,
    baselines jsonb DEFAULT '[]'::jsonb NOT NULL,
    occurrences jsonb DEFAULT '[]'::jsonb NOT NULL,
    created_by text NOT NULL COLLATE pg_catalog."C",
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT alert_rules_kinds_check CHECK (((kinds <@ ARRAY['spike'::text, 'crisis'::text]) AND (cardinality(kinds) > 0))),
    CONSTRAINT alert_rules_min_mentions_check CHECK ((min_mentions > 0)),
    CONSTRAINT alert_rules_p_check CHECK (((p > (0)::double precision) AND (p < (1)::double precision)))
);

ALTER TABLE ONLY public.alert_rules FORCE ROW LEVEL SECURITY;

CREATE TABLE public.alerts (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    spike_id uuid NOT NULL,
    query_id uuid NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    status text DEFAULT 'open'::text NOT NULL COLLATE pg_catalog."C",
    starts_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    peak_at timestamp with time zone NOT NULL,
    peak_count integer NOT NULL,
    peak_p double precision NOT NULL,
    mentions integer NOT NULL,
    expected double precision NOT NULL,
    event text COLLATE pg_catalog."C",
    cause jsonb NOT NULL,
    crisis jsonb NOT NULL,
    example_ids uuid[] NOT NULL,
    owner uuid,
    notes text DEFAULT ''::text NOT NULL,
    checklist jsonb DEFAULT '[]'::jsonb NOT NULL,
    escalated_at timestamp with time zone,
    first_response_at timestamp with time zone,
    acknowledged_at timestamp with time zone,
    acknowledged_by text COLLATE pg_catalog."C",
    resolved_at timestamp with time zone,
    resolved_by text COLLATE pg_catalog."C",
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT alerts_kind_check CHECK ((kind = ANY (ARRAY['spike'::text, 'crisis'::text]))),
    CONSTRAINT alerts_state CHECK (
CASE status
    WHEN 'open'::text THEN ((acknowledged_at IS NULL) AND (resolved_at IS NULL))
    WHEN 'acknowledged'::text THEN ((acknowledged_at IS NOT NULL) AND (resolved_at IS NULL))
    WHEN 'resolved'::text THEN ((acknowledged_at IS NOT NULL) AND (resolved_at IS NOT NULL))
    ELSE false
END)
);

ALTER TABLE ONLY public.alerts FORCE ROW LEVEL SECURITY;

CREATE TABLE public.api_keys (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    prefix text NOT NULL COLLATE pg_catalog."C",
    secret_hash bytea NOT NULL,
    scopes text[] NOT NULL,
    expires_at timestamp with time zone,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    partner_id uuid,
    made_by uuid,
    CONSTRAINT api_keys_embed_ends CHECK (((kind <> 'embed'::text) OR (expires_at IS NOT NULL))),
    CONSTRAINT api_keys_kind_check CHECK ((kind = ANY (ARRAY['secret'::text, 'publishable'::text, 'partner'::text, 'embed'::text]))),
    CONSTRAINT api_keys_of_partner CHECK (((kind = ANY (ARRAY['partner'::text, 'embed'::text])) = (partner_id IS NOT NULL)))
);

ALTER TABLE ONLY public.api_keys FORCE ROW LEVEL SECURITY;

CREATE TABLE public.applications (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    program_id uuid NOT NULL,
    status text DEFAULT 'open'::text NOT NULL,
    name text NOT NULL,
    folded text NOT NULL COLLATE pg_catalog."C",
    email text NOT NULL,
    email_key text NOT NULL COLLATE pg_catalog."C",
    accounts jsonb NOT NULL,
    handles text[] NOT NULL COLLATE pg_catalog."C",
    website text,
    answers jsonb NOT NULL,
    language text NOT NULL,
    terms_version integer NOT NULL,
    consent_version text NOT NULL COLLATE pg_catalog."C",
    partner_id uuid,
    reason text,
    decided_by text,
    decided_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT applications_approved CHECK (((status = 'approved'::text) = (partner_id IS NOT NULL))),
    CONSTRAINT applications_decided CHECK (((status = 'open'::text) = (decided_at IS NULL))),
    CONSTRAINT applications_language_check CHECK ((language = ANY (ARRAY['tr'::text, 'en'::text]))),
    CONSTRAINT applications_rejected CHECK (((status = 'rejected'::text) = (reason IS NOT NULL))),
    CONSTRAINT applications_status_check CHECK ((status = ANY (ARRAY['open'::text, 'approved'::text, 'rejected'::text])))
);

ALTER TABLE ONLY public.applications FORCE ROW LEVEL SECURITY;

CREATE TABLE public.audience_codes (
    workspace_id uuid NOT NULL,
    id integer NOT NULL,
    dimension text NOT NULL COLLATE pg_catalog."C",
    code text NOT NULL,
    code_folded text NOT NULL COLLATE pg_catalog."C"
);

ALTER TABLE ONLY public.audience_codes FORCE ROW LEVEL SECURITY;

ALTER TABLE public.audience_codes ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.audience_codes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.audit_log (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    actor text NOT NULL COLLATE pg_catalog."C",
    action text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C",
    details jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL
);

ALTER TABLE ONLY public.audit_log FORCE ROW LEVEL SECURITY;

CREATE TABLE public.brand_accounts (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    brand_id uuid NOT NULL,
    platform text NOT NULL COLLATE pg_catalog."C",
    handle text,
    handle_folded text COLLATE pg_catalog."C",
    platform_id text COLLATE pg_catalog."C",
    name text,
    name_folded text COLLATE pg_catalog."C",
    url text,
    avatar_url text,
    verified boolean,
    identity text GENERATED ALWAYS AS (
CASE
    WHEN (platform_id IS NOT NULL) THEN 'platform_id'::text
    WHEN (handle_folded IS NOT NULL) THEN 'handle'::text
    ELSE 'name'::text
END) STORED NOT NULL,
    followers bigint,
    following bigint,
    posts_count bigint,
    avg_views double precision,
    avg_likes double precision,
    avg_comments double precision,
    avg_shares double precision,
    avg_engagements double precision,
    avg_engagements_authentic double precision,
    er_value double precision,
    er_format text,
    er_basis text,
    er_components text,
    er_statistic text,
    er_n integer,
    er_window_days integer,
    er_origin text,
    er_as_of timestamp with time zone,
    audience_country text COLLATE pg_catalog."C",
    last_post_at timestamp with time zone,
    observed_at timestamp with time zone,
    source text NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT brand_accounts_check CHECK (((platform_id IS NOT NULL) OR (handle_folded IS NOT NULL) OR (name_folded IS NOT NULL))),
    CONSTRAINT brand_accounts_platform_check CHECK ((platform = ANY (ARRAY['instagram'::text, 'tiktok'::text, 'youtube'::text, 'x'::text, 'facebook'::text, 'linkedin'::text, 'pinterest'::text, 'twitch'::text, 'other'::text])))
);

ALTER TABLE ONLY public.brand_accounts FORCE ROW LEVEL SECURITY;

CREATE TABLE public.brand_posts (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    post_key text NOT NULL COLLATE pg_catalog."C",
    platform_id text,
    url text,
    format text DEFAULT 'other'::text NOT NULL,
    published_at timestamp with time zone,
    caption text,
    hashtags text[] DEFAULT '{}'::text[] NOT NULL,
    mentions text[] DEFAULT '{}'::text[] NOT NULL,
    sponsored boolean,
    likes bigint,
    comments bigint,
    shares bigint,
    saves bigint,
    private_interactions bigint,
    views bigint,
    reach bigint,
    impressions bigint,
    followers bigint,
    observed_at timestamp with time zone NOT NULL,
    source text NOT NULL,
    digests bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL
);

ALTER TABLE ONLY public.brand_posts FORCE ROW LEVEL SECURITY;

CREATE TABLE public.brand_snapshots (
    workspace_id uuid NOT NULL,
    account_id uuid NOT NULL,
    as_of timestamp with time zone NOT NULL,
    source text NOT NULL,
    followers bigint,
    following bigint,
    posts_count bigint,
    avg_views double precision,
    avg_likes double precision,
    avg_comments double precision,
    avg_shares double precision,
    avg_engagements double precision,
    avg_engagements_authentic double precision,
    er_given double precision,
    er_given_format text,
    er_given_basis text,
    er_given_components text,
    er_given_statistic text,
    er_given_n integer,
    er_given_window_days integer,
    digests bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL
);

ALTER TABLE ONLY public.brand_snapshots FORCE ROW LEVEL SECURITY;

CREATE TABLE public.brands (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    name_folded text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL,
    relation text,
    proposition text,
    "values" text[] DEFAULT '{}'::text[] NOT NULL,
    archived_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT brands_kind_check CHECK ((kind = ANY (ARRAY['own'::text, 'competitor'::text]))),
    CONSTRAINT brands_relation_check CHECK ((relation = ANY (ARRAY['direct'::text, 'indirect'::text]))),
    CONSTRAINT brands_relation_of_competitors CHECK (((kind = 'competitor'::text) OR (relation IS NULL)))
);

ALTER TABLE ONLY public.brands FORCE ROW LEVEL SECURITY;

CREATE TABLE public.briefs (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    brand_id uuid,
    stage text,
    wishes jsonb NOT NULL,
    archived_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT briefs_stage_check CHECK ((stage = ANY (ARRAY['awareness'::text, 'consideration'::text, 'conversion'::text, 'loyalty'::text, 'advocacy'::text])))
);

ALTER TABLE ONLY public.briefs FORCE ROW LEVEL SECURITY;

CREATE TABLE public.claim_ends (
    workspace_id uuid NOT NULL,
    claim_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    outcome text NOT NULL,
    reason text,
    conversion_id uuid,
    made boolean DEFAULT false NOT NULL,
    ended_by text NOT NULL,
    ended_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT claim_ends_check CHECK (((reason IS NOT NULL) OR (outcome = 'withdrawn'::text))),
    CONSTRAINT claim_ends_outcome_check CHECK ((outcome = ANY (ARRAY['accepted'::text, 'declined'::text, 'withdrawn'::text])))
);

ALTER TABLE ONLY public.claim_ends FORCE ROW LEVEL SECURITY;

CREATE TABLE public.claim_evidence (
    workspace_id uuid NOT NULL,
    claim_id uuid NOT NULL,
    file_id uuid NOT NULL,
    partner_id uuid NOT NULL
);

ALTER TABLE ONLY public.claim_evidence FORCE ROW LEVEL SECURITY;

CREATE TABLE public.claim_notes (
    workspace_id uuid NOT NULL,
    claim_id uuid NOT NULL,
    note text NOT NULL,
    written_by text NOT NULL,
    written_at timestamp with time zone DEFAULT public.elci_now() NOT NULL
);

ALTER TABLE ONLY public.claim_notes FORCE ROW LEVEL SECURITY;

CREATE TABLE public.claims (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    partner_id uuid NOT NULL,
    kind text NOT NULL,
    status text DEFAULT 'open'::text NOT NULL,
    text text NOT NULL,
    shop text,
    order_number text,
    order_key text COLLATE pg_catalog."C",
    ordered_on date,
    amount bigint,
    currency text COLLATE pg_catalog."C",
    commission_id uuid,
    created_by text NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT claims_amount_check CHECK ((amount >= 0)),
    CONSTRAINT claims_kind_check CHECK ((kind = ANY (ARRAY['untracked_sale'::text, 'question'::text]))),
    CONSTRAINT claims_status_check CHECK ((status = ANY (ARRAY['open'::text, 'accepted'::text, 'declined'::text, 'withdrawn'::text]))),
    CONSTRAINT claims_whole CHECK (
CASE kind
    WHEN 'question'::text THEN ((commission_id IS NOT NULL) AND (order_key IS NULL))
    ELSE ((commission_id IS NULL) AND (order_key IS NOT NULL) AND (shop IS NOT NULL) AND (ordered_on IS NOT NULL) AND (amount IS NOT NULL) AND (currency IS NOT NULL))
END)
);

ALTER TABLE ONLY public.claims FORCE ROW LEVEL SECURITY;

CREATE TABLE public.click_marks (
    workspace_id uuid NOT NULL,
    id bigint NOT NULL,
    hour timestamp with time zone NOT NULL
)
WITH (autovacuum_vacuum_scale_factor='0.05');

ALTER TABLE ONLY public.click_marks FORCE ROW LEVEL SECURITY;

ALTER TABLE public.click_marks ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.click_marks_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.click_rollups (
    workspace_id uuid NOT NULL,
    id bigint NOT NULL,
    link_id uuid NOT NULL,
    partner_id uuid,
    campaign_id uuid,
    starts_at timestamp with time zone NOT NULL,
    dimension text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL,
    gross bigint NOT NULL,
    net bigint NOT NULL,
    uniques bigint NOT NULL,
    CONSTRAINT click_rollups_check CHECK (((gross >= net) AND (net >= uniques) AND (uniques >= 0))),
    CONSTRAINT click_rollups_dimension_check CHECK ((dimension = ANY (ARRAY['all'::text, 'country'::text, 'device'::text, 'browser'::text, 'in_app'::text, 'referrer'::text, 'platform'::text, 'target'::text, 'sub1'::text])))
);

ALTER TABLE ONLY public.click_rollups FORCE ROW LEVEL SECURITY;

ALTER TABLE public.click_rollups ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.click_rollups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.click_rules (
    workspace_id uuid NOT NULL,
    version integer NOT NULL,
    rules jsonb NOT NULL,
    created_by text NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT click_rules_version_check CHECK ((version > 0))
);

ALTER TABLE ONLY public.click_rules FORCE ROW LEVEL SECURITY;

CREATE TABLE public.click_uniques (
    workspace_id uuid NOT NULL,
    hour timestamp with time zone NOT NULL,
    link_id uuid NOT NULL,
    visitor bytea NOT NULL,
    click_id uuid NOT NULL
)
PARTITION BY RANGE (hour);

ALTER TABLE ONLY public.click_uniques FORCE ROW LEVEL SECURITY;

CREATE TABLE public.clicks (
    workspace_id uuid NOT NULL,
    clicked_at timestamp with time zone NOT NULL,
    id uuid NOT NULL,
    link_id uuid NOT NULL,
    partner_id uuid,
    campaign_id uuid,
    kind text NOT NULL COLLATE pg_catalog."C",
    target smallint,
    visitor bytea,
    "unique" boolean DEFAULT false NOT NULL,
    counted boolean NOT NULL,
    reasons text[] DEFAULT '{}'::text[] NOT NULL,
    country text COLLATE pg_catalog."C",
    language text COLLATE pg_catalog."C",
    device text COLLATE pg_catalog."C",
    os text COLLATE pg_catalog."C",
    browser text COLLATE pg_catalog."C",
    in_app text COLLATE pg_catalog."C",
    referrer_host text COLLATE pg_catalog."C",
    platform text COLLATE pg_catalog."C",
    sub1 text,
    sub2 text,
    sub3 text,
    sub4 text,
    sub5 text,
    user_agent text,
    network_class text COLLATE pg_catalog."C",
    CONSTRAINT clicks_kind_check CHECK ((kind = ANY (ARRAY['redirect'::text, 'track'::text]))),
    CONSTRAINT clicks_visitor_check CHECK ((octet_length(visitor) = 16))
)
PARTITION BY RANGE (clicked_at);

ALTER TABLE ONLY public.clicks FORCE ROW LEVEL SECURITY;

CREATE TABLE public.commissions (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    partner_id uuid NOT NULL,
    program_id uuid,
    conversion_id uuid,
    kind text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C",
    n integer NOT NULL,
    step text NOT NULL,
    corrects uuid,
    amount bigint NOT NULL,
    currency text NOT NULL COLLATE pg_catalog."C",
    base bigint,
    base_currency text NOT NULL COLLATE pg_catalog."C",
    status text NOT NULL,
    reason text,
    cause text,
    rule jsonb NOT NULL,
    link_id uuid,
    coupon_id uuid,
    click_id uuid,
    occurred_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone,
    refunded bigint DEFAULT 0 NOT NULL,
    total bigint DEFAULT 0 NOT NULL,
    gone text,
    review text,
    held text,
    cleared text[] DEFAULT '{}'::text[] NOT NULL,
    rejected text,
    version integer DEFAULT 1 NOT NULL,
    created_by text NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    payable_at timestamp with time zone,
    paid_at timestamp with time zone,
    CONSTRAINT commissions_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'on_hold'::text, 'payable'::text, 'paid'::text, 'reversed'::text, 'rejected'::text]))),
    CONSTRAINT commissions_step_check CHECK ((step = ANY (ARRAY['accrual'::text, 'correction'::text, 'clawback'::text])))
);

ALTER TABLE ONLY public.commissions FORCE ROW LEVEL SECURITY;

CREATE TABLE public.comparisons (
    workspace_id uuid NOT NULL,
    key bytea NOT NULL,
    question jsonb NOT NULL,
    body bytea,
    job_id uuid,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    computed_at timestamp with time zone,
    CONSTRAINT comparisons_check CHECK (((body IS NULL) = (computed_at IS NULL))),
    CONSTRAINT comparisons_key_check CHECK ((octet_length(key) = 32))
);

ALTER TABLE ONLY public.comparisons FORCE ROW LEVEL SECURITY;

CREATE TABLE public.consent_texts (
    workspace_id uuid NOT NULL,
    version text NOT NULL COLLATE pg_catalog."C",
    language text NOT NULL,
    text text NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT consent_texts_language_check CHECK ((language = ANY (ARRAY['tr'::text, 'en'::text])))
);

ALTER TABLE ONLY public.consent_texts FORCE ROW LEVEL SECURITY;

CREATE TABLE public.consents (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    channel text NOT NULL COLLATE pg_catalog."C",
    address_key bytea NOT NULL,
    sealed bytea,
    person_key bytea,
    recipient_type text NOT NULL COLLATE pg_catalog."C",
    status text NOT NULL COLLATE pg_catalog."C",
    source text NOT NULL COLLATE pg_catalog."C",
    text_version text,
    origin text NOT NULL COLLATE pg_catalog."C",
    occurred_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT consents_address_key_check CHECK ((octet_length(address_key) = 32)),
    CONSTRAINT consents_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'sms'::text, 'call'::text]))),
    CONSTRAINT consents_origin_check CHECK ((origin = ANY (ARRAY['own'::text, 'iys'::text]))),
    CONSTRAINT consents_person_key_check CHECK ((octet_length(person_key) = 32)),
    CONSTRAINT consents_recipient_type_check CHECK ((recipient_type = ANY (ARRAY['individual'::text, 'merchant'::text]))),
    CONSTRAINT consents_status_check CHECK ((status = ANY (ARRAY['given'::text, 'withdrawn'::text])))
);

ALTER TABLE ONLY public.consents FORCE ROW LEVEL SECURITY;

CREATE TABLE public.content_settings (
    workspace_id uuid NOT NULL,
    topics integer NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT content_settings_topics_check CHECK (((topics >= 2) AND (topics <= 100)))
);

ALTER TABLE ONLY public.content_settings FORCE ROW LEVEL SECURITY;

CREATE TABLE public.content_spaces (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    topics integer NOT NULL,
    influencers integer NOT NULL,
    changed integer DEFAULT 0 NOT NULL,
    sha256 text NOT NULL,
    artefact bytea NOT NULL,
    ready_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL
);
ALTER TABLE ONLY public.content_spaces ALTER COLUMN artefact SET STORAGE EXTERNAL;

ALTER TABLE ONLY public.content_spaces FORCE ROW LEVEL SECURITY;

CREATE TABLE public.content_texts (
    workspace_id uuid NOT NULL,
    influencer_id uuid NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    digest bytea NOT NULL,
    lists bytea NOT NULL,
    safety text[] DEFAULT '{}'::text[] NOT NULL,
    hits jsonb DEFAULT '[]'::jsonb NOT NULL,
    posts_per_week real
);

ALTER TABLE ONLY public.content_texts FORCE ROW LEVEL SECURITY;

CREATE TABLE public.content_vectors (
    workspace_id uuid NOT NULL,
    space_id uuid NOT NULL,
    influencer_id uuid NOT NULL,
    digest bytea NOT NULL,
    vector bytea NOT NULL
);

ALTER TABLE ONLY public.content_vectors FORCE ROW LEVEL SECURITY;

CREATE TABLE public.conversion_refs (
    workspace_id uuid NOT NULL,
    shop text NOT NULL COLLATE pg_catalog."C",
    ref text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    conversion_id uuid NOT NULL
);

ALTER TABLE ONLY public.conversion_refs FORCE ROW LEVEL SECURITY;

CREATE TABLE public.conversion_reports (
    workspace_id uuid NOT NULL,
    conversion_id uuid NOT NULL,
    digest bytea NOT NULL,
    id uuid NOT NULL,
    channel text NOT NULL COLLATE pg_catalog."C",
    verified boolean NOT NULL,
    source text NOT NULL COLLATE pg_catalog."C",
    integration_id uuid,
    kind text NOT NULL COLLATE pg_catalog."C",
    report jsonb NOT NULL,
    stated_at timestamp with time zone,
    received_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT conversion_reports_digest_check CHECK ((octet_length(digest) = 32)),
    CONSTRAINT conversion_reports_kind_check CHECK ((kind = ANY (ARRAY['order'::text, 'cancellation'::text, 'payment'::text])))
);

ALTER TABLE ONLY public.conversion_reports FORCE ROW LEVEL SECURITY;

CREATE TABLE public.conversion_touches (
    workspace_id uuid NOT NULL,
    conversion_id uuid NOT NULL,
    n smallint NOT NULL,
    kind text NOT NULL,
    partner_id uuid,
    link_id uuid,
    coupon_id uuid,
    click_id uuid,
    campaign_id uuid,
    at timestamp with time zone NOT NULL,
    share numeric DEFAULT 0 NOT NULL,
    occurred_at timestamp with time zone,
    sub1 text,
    currency text COLLATE pg_catalog."C",
    sales bigint,
    counted boolean DEFAULT false NOT NULL,
    products jsonb,
    CONSTRAINT conversion_touches_kind_check CHECK ((kind = ANY (ARRAY['click'::text, 'coupon'::text, 'bond'::text, 'manual'::text]))),
    CONSTRAINT conversion_touches_share_check CHECK (((share >= (0)::numeric) AND (share <= (1)::numeric)))
);

ALTER TABLE ONLY public.conversion_touches FORCE ROW LEVEL SECURITY;

CREATE TABLE public.conversion_waits (
    workspace_id uuid NOT NULL,
    conversion_id uuid NOT NULL,
    evidence text NOT NULL COLLATE pg_catalog."C",
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL
);

ALTER TABLE ONLY public.conversion_waits FORCE ROW LEVEL SECURITY;

CREATE TABLE public.conversions (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    shop text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    external_id text NOT NULL,
    status text NOT NULL,
    test boolean DEFAULT false NOT NULL,
    amount bigint NOT NULL,
    currency text NOT NULL COLLATE pg_catalog."C",
    net bigint NOT NULL,
    net_basis text NOT NULL,
    net_lines bigint,
    net_order bigint,
    refunded bigint DEFAULT 0 NOT NULL,
    tax bigint,
    shipping bigint,
    shipping_tax bigint,
    fees bigint,
    discount bigint,
    lines jsonb DEFAULT '[]'::jsonb NOT NULL,
    coupons text[] DEFAULT '{}'::text[] NOT NULL,
    clicks text[] DEFAULT '{}'::text[] NOT NULL,
    tokens text[] DEFAULT '{}'::text[] NOT NULL,
    country text COLLATE pg_catalog."C",
    referrer text,
    landing jsonb DEFAULT '{}'::jsonb NOT NULL,
    customer_id uuid,
    domain bytea,
    told_new boolean,
    is_new boolean,
    channel text NOT NULL COLLATE pg_catalog."C",
    integration_id uuid,
    verified boolean NOT NULL,
    conflicts jsonb DEFAULT '[]'::jsonb NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    delivered_at timestamp with time zone,
    cancelled_at timestamp with time zone,
    paid_at timestamp with time zone,
    merged_into uuid,
    partner_id uuid,
    attribution jsonb,
    reassigned jsonb,
    settled_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT conversions_domain_check CHECK ((octet_length(domain) = 32)),
    CONSTRAINT conversions_kind_check CHECK ((kind = ANY (ARRAY['sale'::text, 'lead'::text, 'signup'::text, 'booking'::text, 'custom'::text]))),
    CONSTRAINT conversions_status_check CHECK ((status = ANY (ARRAY['open'::text, 'confirmed'::text, 'cancelled'::text])))
);

ALTER TABLE ONLY public.conversions FORCE ROW LEVEL SECURITY;

CREATE TABLE public.coupon_history (
    workspace_id uuid NOT NULL,
    coupon_id uuid NOT NULL,
    since timestamp with time zone NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    partner_id uuid
);

ALTER TABLE ONLY public.coupon_history FORCE ROW LEVEL SECURITY;

CREATE TABLE public.coupons (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    code text NOT NULL,
    folded text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL,
    partner_id uuid,
    link_id uuid,
    starts_at timestamp with time zone,
    ends_at timestamp with time zone,
    "limit" integer,
    archived_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT coupons_exclusive CHECK (((kind <> 'exclusive'::text) OR (partner_id IS NOT NULL))),
    CONSTRAINT coupons_kind_check CHECK ((kind = ANY (ARRAY['exclusive'::text, 'public'::text]))),
    CONSTRAINT coupons_limit_check CHECK (("limit" > 0)),
    CONSTRAINT coupons_period CHECK ((starts_at < ends_at))
);

ALTER TABLE ONLY public.coupons FORCE ROW LEVEL SECURITY;

CREATE TABLE public.customer_keys (
    workspace_id uuid NOT NULL,
    key bytea NOT NULL,
    kind text NOT NULL,
    customer_id uuid NOT NULL,
    CONSTRAINT customer_keys_key_check CHECK ((octet_length(key) = 32)),
    CONSTRAINT customer_keys_kind_check CHECK ((kind = ANY (ARRAY['external'::text, 'email'::text])))
);

ALTER TABLE ONLY public.customer_keys FORCE ROW LEVEL SECURITY;

CREATE TABLE public.customers (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL
);

ALTER TABLE ONLY public.customers FORCE ROW LEVEL SECURITY;

CREATE TABLE public.disclosure_checks (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    watch_id uuid NOT NULL,
    post_id uuid NOT NULL,
    verdict text NOT NULL,
    pack_id text COLLATE pg_catalog."C",
    pack_version integer,
    checked_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT disclosure_checks_verdict_check CHECK ((verdict = ANY (ARRAY['ok'::text, 'possible_issue'::text])))
);

ALTER TABLE ONLY public.disclosure_checks FORCE ROW LEVEL SECURITY;

CREATE TABLE public.disclosure_findings (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    check_id uuid NOT NULL,
    code text NOT NULL COLLATE pg_catalog."C",
    rule_id text NOT NULL COLLATE pg_catalog."C",
    pack_id text NOT NULL COLLATE pg_catalog."C",
    pack_version integer NOT NULL,
    field text COLLATE pg_catalog."C",
    frame integer DEFAULT '-1'::integer NOT NULL,
    span_start integer,
    span_end integer,
    about text NOT NULL,
    explanation jsonb NOT NULL,
    status text DEFAULT 'open'::text NOT NULL,
    reason text,
    decided_by text COLLATE pg_catalog."C",
    decided_at timestamp with time zone,
    cleared_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT disclosure_findings_status_check CHECK ((status = ANY (ARRAY['open'::text, 'confirmed'::text, 'dismissed'::text])))
);

ALTER TABLE ONLY public.disclosure_findings FORCE ROW LEVEL SECURITY;

CREATE TABLE public.disclosure_marks (
    workspace_id uuid NOT NULL,
    influencer_id uuid NOT NULL
);

ALTER TABLE ONLY public.disclosure_marks FORCE ROW LEVEL SECURITY;

CREATE TABLE public.disclosure_watches (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    influencer_id uuid,
    advertiser text NOT NULL,
    handles text[] DEFAULT '{}'::text[] NOT NULL,
    hashtags text[] DEFAULT '{}'::text[] NOT NULL,
    market text NOT NULL COLLATE pg_catalog."C",
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone,
    note text,
    rules text COLLATE pg_catalog."C",
    archived_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT disclosure_watches_period CHECK ((starts_at < ends_at))
);

ALTER TABLE ONLY public.disclosure_watches FORCE ROW LEVEL SECURITY;

CREATE TABLE public.early_reports (
    workspace_id uuid NOT NULL,
    shop text NOT NULL COLLATE pg_catalog."C",
    digest bytea NOT NULL,
    id uuid NOT NULL,
    refs text[] NOT NULL,
    channel text NOT NULL COLLATE pg_catalog."C",
    verified boolean NOT NULL,
    source text NOT NULL COLLATE pg_catalog."C",
    integration_id uuid,
    kind text NOT NULL COLLATE pg_catalog."C",
    report jsonb NOT NULL,
    stated_at timestamp with time zone,
    received_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT early_reports_digest_check CHECK ((octet_length(digest) = 32)),
    CONSTRAINT early_reports_kind_check CHECK ((kind = ANY (ARRAY['order'::text, 'cancellation'::text, 'payment'::text])))
);

ALTER TABLE ONLY public.early_reports FORCE ROW LEVEL SECURITY;

CREATE TABLE public.earning_marks (
    workspace_id uuid NOT NULL,
    goals_until timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.earning_marks FORCE ROW LEVEL SECURITY;

CREATE TABLE public.edge_changes (
    workspace_id uuid NOT NULL,
    influencer_id uuid NOT NULL
);

ALTER TABLE ONLY public.edge_changes FORCE ROW LEVEL SECURITY;

CREATE TABLE public.edge_graphs (
    workspace_id uuid NOT NULL,
    stale boolean NOT NULL,
    version bigint DEFAULT 0 NOT NULL,
    nodes bigint DEFAULT 0 NOT NULL,
    arcs bigint DEFAULT 0 NOT NULL,
    topics text[] DEFAULT '{}'::text[] NOT NULL,
    computed_at timestamp with time zone
);

ALTER TABLE ONLY public.edge_graphs FORCE ROW LEVEL SECURITY;

CREATE TABLE public.edge_nodes (
    workspace_id uuid NOT NULL,
    id bigint NOT NULL,
    platform text NOT NULL COLLATE pg_catalog."C",
    account_id uuid,
    handle text,
    handle_folded text COLLATE pg_catalog."C",
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT edge_nodes_check CHECK (((account_id IS NULL) = (handle_folded IS NOT NULL))),
    CONSTRAINT edge_nodes_platform_check CHECK ((platform = ANY (ARRAY['instagram'::text, 'tiktok'::text, 'youtube'::text, 'x'::text, 'facebook'::text, 'linkedin'::text, 'pinterest'::text, 'twitch'::text, 'other'::text])))
);

ALTER TABLE ONLY public.edge_nodes FORCE ROW LEVEL SECURITY;

ALTER TABLE public.edge_nodes ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.edge_nodes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.edges (
    workspace_id uuid NOT NULL,
    id bigint NOT NULL,
    src bigint NOT NULL,
    dst bigint NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    weight double precision NOT NULL,
    at timestamp with time zone,
    source text NOT NULL,
    post_id uuid,
    digests bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT edges_check CHECK ((src <> dst)),
    CONSTRAINT edges_kind_check CHECK ((kind = ANY (ARRAY['follow'::text, 'mention'::text, 'collaboration'::text, 'referral'::text]))),
    CONSTRAINT edges_weight_check CHECK (((weight >= (0)::double precision) AND (weight <= ('1000000000000000'::numeric)::double precision)))
);

ALTER TABLE ONLY public.edges FORCE ROW LEVEL SECURITY;

ALTER TABLE public.edges ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.edges_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.emv_rate_tables (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    version integer NOT NULL,
    currency text NOT NULL COLLATE pg_catalog."C",
    exposure text NOT NULL COLLATE pg_catalog."C",
    as_of date NOT NULL,
    source text NOT NULL,
    rates jsonb NOT NULL,
    created_by text NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    archived_at timestamp with time zone,
    CONSTRAINT emv_rate_tables_exposure_check CHECK ((exposure = ANY (ARRAY['views_first'::text, 'impressions_first'::text, 'both'::text])))
);

ALTER TABLE ONLY public.emv_rate_tables FORCE ROW LEVEL SECURITY;

CREATE TABLE public.file_chunks (
    workspace_id uuid NOT NULL,
    file_id uuid NOT NULL,
    seq integer NOT NULL,
    data bytea NOT NULL
);
ALTER TABLE ONLY public.file_chunks ALTER COLUMN data SET STORAGE EXTERNAL;

ALTER TABLE ONLY public.file_chunks FORCE ROW LEVEL SECURITY;

CREATE TABLE public.files (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    purpose text NOT NULL,
    content_type text DEFAULT 'application/octet-stream'::text NOT NULL,
    bytes bigint DEFAULT 0 NOT NULL,
    sha256 bytea,
    completed_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    partner_id uuid DEFAULT (NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid,
    CONSTRAINT files_purpose_check CHECK ((purpose = ANY (ARRAY['draft'::text, 'contract'::text, 'evidence'::text, 'avatar'::text, 'other'::text])))
);

ALTER TABLE ONLY public.files FORCE ROW LEVEL SECURITY;

CREATE TABLE public.follower_counters (
    workspace_id uuid NOT NULL,
    people integer DEFAULT 0 NOT NULL,
    versions bigint DEFAULT 0 NOT NULL
);

ALTER TABLE ONLY public.follower_counters FORCE ROW LEVEL SECURITY;

CREATE TABLE public.follower_samples (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    as_of timestamp with time zone NOT NULL,
    source text NOT NULL,
    n bigint NOT NULL,
    n_known boolean NOT NULL,
    flagged double precision NOT NULL,
    tpr double precision NOT NULL,
    fpr double precision NOT NULL,
    model_version text,
    latest boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT follower_samples_check CHECK (((flagged >= (0)::double precision) AND (flagged <= (n)::double precision))),
    CONSTRAINT follower_samples_fpr_check CHECK (((fpr >= (0)::double precision) AND (fpr <= (1)::double precision))),
    CONSTRAINT follower_samples_n_check CHECK ((n > 0)),
    CONSTRAINT follower_samples_tpr_check CHECK (((tpr >= (0)::double precision) AND (tpr <= (1)::double precision)))
);

ALTER TABLE ONLY public.follower_samples FORCE ROW LEVEL SECURITY;

CREATE TABLE public.follower_sets (
    workspace_id uuid NOT NULL,
    account_id uuid NOT NULL,
    of text NOT NULL COLLATE pg_catalog."C",
    basis text NOT NULL,
    size bigint NOT NULL,
    sampled bigint NOT NULL,
    keep integer,
    members bytea NOT NULL,
    sample bytea,
    as_of timestamp with time zone NOT NULL,
    source text NOT NULL,
    version bigint NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT follower_sets_basis_check CHECK ((basis = ANY (ARRAY['exact'::text, 'uniform_sample'::text, 'hash_sample'::text]))),
    CONSTRAINT follower_sets_check CHECK (((sampled >= 0) AND (sampled <= size))),
    CONSTRAINT follower_sets_check1 CHECK (((basis = 'hash_sample'::text) = (sample IS NOT NULL))),
    CONSTRAINT follower_sets_check2 CHECK (((basis <> 'exact'::text) OR (sampled = size))),
    CONSTRAINT follower_sets_check3 CHECK (((sampled > 0) OR (size = 0))),
    CONSTRAINT follower_sets_keep_check CHECK ((keep > 0)),
    CONSTRAINT follower_sets_of_check CHECK ((of = ANY (ARRAY['followers'::text, 'likers'::text]))),
    CONSTRAINT follower_sets_size_check CHECK ((size >= 0))
);
ALTER TABLE ONLY public.follower_sets ALTER COLUMN members SET STORAGE EXTERNAL;
ALTER TABLE ONLY public.follower_sets ALTER COLUMN sample SET STORAGE EXTERNAL;

ALTER TABLE ONLY public.follower_sets FORCE ROW LEVEL SECURITY;

CREATE TABLE public.follower_tombstones (
    workspace_id uuid NOT NULL,
    platform text NOT NULL COLLATE pg_catalog."C",
    id_hash bytea NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL
);

ALTER TABLE ONLY public.follower_tombstones FORCE ROW LEVEL SECURITY;

CREATE TABLE public.followers (
    workspace_id uuid NOT NULL,
    platform text NOT NULL COLLATE pg_catalog."C",
    id_hash bytea NOT NULL,
    ordinal integer NOT NULL,
    linked boolean DEFAULT false NOT NULL,
    CONSTRAINT followers_id_hash_check CHECK ((length(id_hash) = 16)),
    CONSTRAINT followers_ordinal_check CHECK ((ordinal >= 0)),
    CONSTRAINT followers_platform_check CHECK ((platform = ANY (ARRAY['instagram'::text, 'tiktok'::text, 'youtube'::text, 'x'::text, 'facebook'::text, 'linkedin'::text, 'pinterest'::text, 'twitch'::text, 'other'::text])))
);

ALTER TABLE ONLY public.followers FORCE ROW LEVEL SECURITY;

CREATE TABLE public.fx_rates (
    workspace_id uuid NOT NULL,
    base text NOT NULL COLLATE pg_catalog."C",
    quote text NOT NULL COLLATE pg_catalog."C",
    day date NOT NULL,
    rate numeric NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT fx_rates_rate_check CHECK ((rate > (0)::numeric))
);

ALTER TABLE ONLY public.fx_rates FORCE ROW LEVEL SECURITY;

CREATE TABLE public.graph_arrays (
    workspace_id uuid NOT NULL,
    graph_id uuid NOT NULL,
    version bigint NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    part integer NOT NULL,
    data bytea NOT NULL
);
ALTER TABLE ONLY public.graph_arrays ALTER COLUMN data SET STORAGE EXTERNAL;

ALTER TABLE ONLY public.graph_arrays FORCE ROW LEVEL SECURITY;

CREATE TABLE public.graph_chunks (
    workspace_id uuid NOT NULL,
    upload_id uuid NOT NULL,
    "position" integer NOT NULL,
    data bytea NOT NULL
);
ALTER TABLE ONLY public.graph_chunks ALTER COLUMN data SET STORAGE EXTERNAL;

ALTER TABLE ONLY public.graph_chunks FORCE ROW LEVEL SECURITY;

CREATE TABLE public.graph_columns (
    workspace_id uuid NOT NULL,
    result_id uuid NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    data bytea NOT NULL
);
ALTER TABLE ONLY public.graph_columns ALTER COLUMN data SET STORAGE EXTERNAL;

ALTER TABLE ONLY public.graph_columns FORCE ROW LEVEL SECURITY;

CREATE TABLE public.graph_results (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    graph_id uuid NOT NULL,
    version bigint NOT NULL,
    operation text NOT NULL COLLATE pg_catalog."C",
    params_hash bytea NOT NULL,
    params jsonb NOT NULL,
    result jsonb,
    size bigint DEFAULT 0 NOT NULL,
    seconds double precision,
    job_id uuid,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    computed_at timestamp with time zone,
    used_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT graph_results_operation_check CHECK ((operation = ANY (ARRAY['influence'::text, 'spread'::text, 'authority'::text, 'hits'::text, 'communities'::text, 'community_labels'::text, 'bridges'::text, 'ego'::text])))
);

ALTER TABLE ONLY public.graph_results FORCE ROW LEVEL SECURITY;

CREATE TABLE public.graph_uploads (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    graph_id uuid NOT NULL,
    job_id uuid,
    filename text,
    size bigint DEFAULT 0 NOT NULL,
    options jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL
);

ALTER TABLE ONLY public.graph_uploads FORCE ROW LEVEL SECURITY;

CREATE TABLE public.graphs (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    directed boolean NOT NULL,
    source text NOT NULL COLLATE pg_catalog."C",
    reverse boolean NOT NULL,
    platform text COLLATE pg_catalog."C",
    kinds text[] DEFAULT '{}'::text[] NOT NULL,
    platforms text[] DEFAULT '{}'::text[] NOT NULL,
    since timestamp with time zone,
    version bigint DEFAULT 0 NOT NULL,
    nodes bigint DEFAULT 0 NOT NULL,
    arcs bigint DEFAULT 0 NOT NULL,
    loops bigint DEFAULT 0 NOT NULL,
    numbered boolean DEFAULT false NOT NULL,
    sources jsonb DEFAULT '[]'::jsonb NOT NULL,
    edges_version bigint,
    job_id uuid,
    built_at timestamp with time zone,
    created_by text NOT NULL COLLATE pg_catalog."C",
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT graphs_kind_check CHECK ((kind = ANY (ARRAY['follow'::text, 'mention'::text, 'collaboration'::text, 'referral'::text, 'other'::text]))),
    CONSTRAINT graphs_source_check CHECK ((source = ANY (ARRAY['upload'::text, 'edges'::text])))
);

ALTER TABLE ONLY public.graphs FORCE ROW LEVEL SECURITY;

CREATE TABLE public.idempotency_keys (
    workspace_id uuid NOT NULL,
    digest bytea NOT NULL,
    fingerprint bytea,
    answer bytea,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.idempotency_keys FORCE ROW LEVEL SECURITY;

CREATE TABLE public.import_chunks (
    workspace_id uuid NOT NULL,
    import_id uuid NOT NULL,
    "position" integer NOT NULL,
    data bytea NOT NULL
);
ALTER TABLE ONLY public.import_chunks ALTER COLUMN data SET STORAGE EXTERNAL;

ALTER TABLE ONLY public.import_chunks FORCE ROW LEVEL SECURITY;

CREATE TABLE public.import_rejects (
    workspace_id uuid NOT NULL,
    import_id uuid NOT NULL,
    "position" integer NOT NULL,
    "row" bigint NOT NULL,
    "column" text,
    value text,
    code text NOT NULL COLLATE pg_catalog."C",
    reason text NOT NULL
);

ALTER TABLE ONLY public.import_rejects FORCE ROW LEVEL SECURITY;

CREATE TABLE public.imports (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    job_id uuid,
    status text,
    kind text NOT NULL COLLATE pg_catalog."C",
    filename text,
    size bigint DEFAULT 0 NOT NULL,
    sha256 bytea,
    options jsonb NOT NULL,
    first_seen_at timestamp with time zone,
    created_by text NOT NULL COLLATE pg_catalog."C",
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    format text,
    encoding text,
    sheet text,
    header_row integer,
    columns jsonb DEFAULT '[]'::jsonb NOT NULL,
    warnings jsonb DEFAULT '[]'::jsonb NOT NULL,
    sample jsonb DEFAULT '[]'::jsonb NOT NULL,
    read bigint DEFAULT 0 NOT NULL,
    created bigint DEFAULT 0 NOT NULL,
    updated bigint DEFAULT 0 NOT NULL,
    unchanged bigint DEFAULT 0 NOT NULL,
    rejected bigint DEFAULT 0 NOT NULL,
    suppressed bigint DEFAULT 0 NOT NULL,
    CONSTRAINT imports_status_check CHECK ((status = ANY (ARRAY['succeeded'::text, 'failed'::text, 'cancelled'::text])))
);

ALTER TABLE ONLY public.imports FORCE ROW LEVEL SECURITY;

CREATE TABLE public.inbound_deliveries (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    integration_id uuid NOT NULL,
    digest bytea NOT NULL,
    topic text NOT NULL COLLATE pg_catalog."C",
    method text NOT NULL COLLATE pg_catalog."C",
    headers jsonb,
    query text,
    body bytea,
    size integer NOT NULL,
    verified boolean NOT NULL,
    test boolean DEFAULT false NOT NULL,
    status text DEFAULT 'received'::text NOT NULL COLLATE pg_catalog."C",
    why text COLLATE pg_catalog."C",
    outcomes jsonb DEFAULT '[]'::jsonb NOT NULL,
    people bytea[] DEFAULT '{}'::bytea[] NOT NULL,
    attempts smallint DEFAULT 0 NOT NULL,
    due_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    received_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    processed_at timestamp with time zone,
    CONSTRAINT inbound_deliveries_digest_check CHECK ((octet_length(digest) = 32)),
    CONSTRAINT inbound_deliveries_status_check CHECK ((status = ANY (ARRAY['received'::text, 'processed'::text, 'ignored'::text, 'needs_fetch'::text, 'quarantined'::text, 'failed'::text])))
);

ALTER TABLE ONLY public.inbound_deliveries FORCE ROW LEVEL SECURITY;

CREATE TABLE public.influencer_accounts (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    influencer_id uuid NOT NULL,
    platform text NOT NULL COLLATE pg_catalog."C",
    handle text,
    handle_folded text COLLATE pg_catalog."C",
    platform_id text COLLATE pg_catalog."C",
    name text,
    name_folded text COLLATE pg_catalog."C",
    url text,
    avatar_url text,
    verified boolean,
    identity text GENERATED ALWAYS AS (
CASE
    WHEN (platform_id IS NOT NULL) THEN 'platform_id'::text
    WHEN (handle_folded IS NOT NULL) THEN 'handle'::text
    ELSE 'name'::text
END) STORED NOT NULL,
    followers bigint,
    following bigint,
    posts_count bigint,
    avg_views double precision,
    avg_likes double precision,
    avg_comments double precision,
    avg_shares double precision,
    avg_engagements double precision,
    avg_engagements_authentic double precision,
    er_value double precision,
    er_format text,
    er_basis text,
    er_components text,
    er_statistic text,
    er_n integer,
    er_window_days integer,
    er_origin text,
    er_as_of timestamp with time zone,
    audience_country text COLLATE pg_catalog."C",
    last_post_at timestamp with time zone,
    observed_at timestamp with time zone,
    source text NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT influencer_accounts_check CHECK (((platform_id IS NOT NULL) OR (handle_folded IS NOT NULL) OR (name_folded IS NOT NULL))),
    CONSTRAINT influencer_accounts_platform_check CHECK ((platform = ANY (ARRAY['instagram'::text, 'tiktok'::text, 'youtube'::text, 'x'::text, 'facebook'::text, 'linkedin'::text, 'pinterest'::text, 'twitch'::text, 'other'::text])))
);

ALTER TABLE ONLY public.influencer_accounts FORCE ROW LEVEL SECURITY;

CREATE TABLE public.influencer_audiences (
    workspace_id uuid NOT NULL,
    account_id uuid NOT NULL,
    as_of timestamp with time zone NOT NULL,
    source text NOT NULL,
    sample_size bigint,
    codes integer[] NOT NULL,
    shares real[] NOT NULL,
    latest boolean NOT NULL,
    digests bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT influencer_audiences_check CHECK ((cardinality(codes) = cardinality(shares)))
);

ALTER TABLE ONLY public.influencer_audiences FORCE ROW LEVEL SECURITY;

CREATE TABLE public.influencer_contacts (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    influencer_id uuid NOT NULL,
    role text NOT NULL,
    name text,
    email text,
    phone text,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT influencer_contacts_role_check CHECK ((role = ANY (ARRAY['self'::text, 'manager'::text, 'agency'::text])))
);

ALTER TABLE ONLY public.influencer_contacts FORCE ROW LEVEL SECURITY;

CREATE TABLE public.influencer_deletions (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    subject_id uuid NOT NULL,
    counts jsonb NOT NULL,
    actor text NOT NULL COLLATE pg_catalog."C",
    erased_at timestamp with time zone DEFAULT public.elci_now() NOT NULL
);

ALTER TABLE ONLY public.influencer_deletions FORCE ROW LEVEL SECURITY;

CREATE TABLE public.influencer_merges (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    kept_id uuid NOT NULL,
    merged_ids uuid[] NOT NULL,
    moved jsonb NOT NULL,
    before jsonb NOT NULL,
    actor text NOT NULL COLLATE pg_catalog."C",
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    undone_at timestamp with time zone
);

ALTER TABLE ONLY public.influencer_merges FORCE ROW LEVEL SECURITY;

CREATE TABLE public.influencer_names (
    workspace_id uuid NOT NULL,
    influencer_id uuid NOT NULL,
    reach bigint NOT NULL,
    keys text[] NOT NULL,
    trigrams tsvector NOT NULL,
    digest bigint NOT NULL
);

ALTER TABLE ONLY public.influencer_names FORCE ROW LEVEL SECURITY;

CREATE TABLE public.influencer_posts (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    post_key text NOT NULL COLLATE pg_catalog."C",
    platform_id text,
    url text,
    format text DEFAULT 'other'::text NOT NULL,
    published_at timestamp with time zone,
    caption text,
    hashtags text[] DEFAULT '{}'::text[] NOT NULL,
    mentions text[] DEFAULT '{}'::text[] NOT NULL,
    sponsored boolean,
    likes bigint,
    comments bigint,
    shares bigint,
    saves bigint,
    private_interactions bigint,
    views bigint,
    reach bigint,
    impressions bigint,
    followers bigint,
    observed_at timestamp with time zone NOT NULL,
    source text NOT NULL,
    digests bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL
);

ALTER TABLE ONLY public.influencer_posts FORCE ROW LEVEL SECURITY;

CREATE TABLE public.influencer_rates (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    influencer_id uuid NOT NULL,
    platform text NOT NULL COLLATE pg_catalog."C",
    format text NOT NULL,
    amount bigint NOT NULL,
    currency text NOT NULL,
    tax_included boolean,
    valid_from date NOT NULL,
    valid_to date,
    source text NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT influencer_rates_amount_check CHECK ((amount >= 0)),
    CONSTRAINT influencer_rates_days CHECK (((valid_to IS NULL) OR (valid_to >= valid_from))),
    CONSTRAINT influencer_rates_platform_check CHECK ((platform = ANY (ARRAY['instagram'::text, 'tiktok'::text, 'youtube'::text, 'x'::text, 'facebook'::text, 'linkedin'::text, 'pinterest'::text, 'twitch'::text, 'other'::text])))
);

ALTER TABLE ONLY public.influencer_rates FORCE ROW LEVEL SECURITY;

CREATE TABLE public.influencer_search (
    workspace_id uuid NOT NULL,
    influencer_id uuid NOT NULL,
    account_id uuid NOT NULL,
    platform text COLLATE pg_catalog."C",
    verified boolean NOT NULL,
    siblings integer NOT NULL,
    shuffle integer NOT NULL,
    followers bigint NOT NULL,
    avg_views double precision,
    engagement_rate double precision,
    growth double precision,
    price bigint,
    currency text NOT NULL,
    cost_per_1000_views double precision,
    last_post_at timestamp with time zone,
    name_key text NOT NULL COLLATE pg_catalog."C",
    country text COLLATE pg_catalog."C",
    city text COLLATE pg_catalog."C",
    languages text[] NOT NULL,
    has_email boolean NOT NULL,
    categories text[] NOT NULL,
    prices jsonb,
    audience jsonb,
    labels text[] NOT NULL,
    name_tokens tsvector NOT NULL,
    tokens tsvector NOT NULL,
    post_tokens tsvector,
    digest bigint NOT NULL
);
ALTER TABLE ONLY public.influencer_search ALTER COLUMN labels SET STATISTICS 1000;
ALTER TABLE ONLY public.influencer_search ALTER COLUMN name_tokens SET STATISTICS 1000;
ALTER TABLE ONLY public.influencer_search ALTER COLUMN tokens SET STATISTICS 1000;

ALTER TABLE ONLY public.influencer_search FORCE ROW LEVEL SECURITY;

CREATE TABLE public.influencer_snapshots (
    workspace_id uuid NOT NULL,
    account_id uuid NOT NULL,
    as_of timestamp with time zone NOT NULL,
    source text NOT NULL,
    followers bigint,
    following bigint,
    posts_count bigint,
    avg_views double precision,
    avg_likes double precision,
    avg_comments double precision,
    avg_shares double precision,
    avg_engagements double precision,
    avg_engagements_authentic double precision,
    er_given double precision,
    er_given_format text,
    er_given_basis text,
    er_given_components text,
    er_given_statistic text,
    er_given_n integer,
    er_given_window_days integer,
    digests bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL
);

ALTER TABLE ONLY public.influencer_snapshots FORCE ROW LEVEL SECURITY;

CREATE TABLE public.influencer_tombstones (
    workspace_id uuid NOT NULL,
    mark bytea NOT NULL,
    reason text NOT NULL,
    influencer_id uuid,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT influencer_tombstones_reason_check CHECK ((reason = ANY (ARRAY['opted_out'::text, 'erased'::text])))
);

ALTER TABLE ONLY public.influencer_tombstones FORCE ROW LEVEL SECURITY;

CREATE TABLE public.influencers (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    name_folded text NOT NULL COLLATE pg_catalog."C",
    avatar_url text,
    country text COLLATE pg_catalog."C",
    city text,
    languages text[] DEFAULT '{}'::text[] NOT NULL,
    categories text[] DEFAULT '{}'::text[] NOT NULL,
    bio text,
    tags text[] DEFAULT '{}'::text[] NOT NULL,
    notes text,
    owner text,
    source text NOT NULL,
    legal_basis text NOT NULL,
    collected_at timestamp with time zone NOT NULL,
    edited text[] DEFAULT '{}'::text[] NOT NULL,
    opted_out_at timestamp with time zone,
    opt_out_reason text,
    archived_at timestamp with time zone,
    merged_into uuid,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL
);

ALTER TABLE ONLY public.influencers FORCE ROW LEVEL SECURITY;

CREATE TABLE public.integration_secrets (
    workspace_id uuid NOT NULL,
    integration_id uuid NOT NULL,
    id uuid NOT NULL,
    sealed bytea NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    expires_at timestamp with time zone
);

ALTER TABLE ONLY public.integration_secrets FORCE ROW LEVEL SECURITY;

CREATE TABLE public.integrations (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL,
    shop text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    token_digest bytea NOT NULL,
    token_sealed bytea NOT NULL,
    aliases jsonb DEFAULT '{}'::jsonb NOT NULL,
    refused_at timestamp with time zone,
    refused_why text,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    archived_at timestamp with time zone,
    CONSTRAINT integrations_kind_check CHECK ((kind = ANY (ARRAY['shopify'::text, 'woocommerce'::text, 'stripe'::text, 'ikas'::text, 'ideasoft'::text, 'iyzico'::text, 'ga4'::text, 'meta'::text, 'generic'::text, 'listening-brandwatch'::text, 'listening-talkwalker'::text, 'listening-mention'::text, 'listening-meta'::text, 'listening-x'::text, 'listening-generic'::text]))),
    CONSTRAINT integrations_token_digest_check CHECK ((octet_length(token_digest) = 32))
);

ALTER TABLE ONLY public.integrations FORCE ROW LEVEL SECURITY;

CREATE TABLE public.invitations (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    email text NOT NULL,
    email_key text NOT NULL COLLATE pg_catalog."C",
    role text NOT NULL,
    token_hash bytea NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    revoked_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT invitations_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'manager'::text, 'analyst'::text])))
);

ALTER TABLE ONLY public.invitations FORCE ROW LEVEL SECURITY;

CREATE TABLE public.jobs (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    payload jsonb,
    status text DEFAULT 'queued'::text NOT NULL COLLATE pg_catalog."C",
    done bigint DEFAULT 0 NOT NULL,
    total bigint,
    result jsonb,
    error jsonb,
    dedupe text COLLATE pg_catalog."C",
    priority integer DEFAULT 0 NOT NULL,
    queue_id bigint NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    cancel_requested boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    CONSTRAINT jobs_done_check CHECK ((done >= 0)),
    CONSTRAINT jobs_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'succeeded'::text, 'failed'::text, 'cancelled'::text]))),
    CONSTRAINT jobs_total_check CHECK ((total >= 0))
);

ALTER TABLE ONLY public.jobs FORCE ROW LEVEL SECURITY;

CREATE TABLE public.join_pages (
    workspace_id uuid NOT NULL,
    program_id uuid NOT NULL,
    token text NOT NULL COLLATE pg_catalog."C",
    slug text COLLATE pg_catalog."C",
    enabled boolean NOT NULL,
    url text,
    code_pattern text,
    member text NOT NULL COLLATE pg_catalog."C",
    customers_only boolean NOT NULL,
    marketing boolean NOT NULL,
    texts jsonb NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT join_pages_member_check CHECK ((member = ANY (ARRAY['customer'::text, 'fan'::text, 'employee'::text, 'influencer'::text]))),
    CONSTRAINT join_pages_token_check CHECK ((token ~ '^[a-z0-9]{12}$'::text))
);

ALTER TABLE ONLY public.join_pages FORCE ROW LEVEL SECURITY;

CREATE TABLE public.join_requests (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    program_id uuid NOT NULL,
    address_key bytea NOT NULL,
    sealed bytea,
    language text NOT NULL COLLATE pg_catalog."C",
    brought_by uuid,
    referral_id uuid,
    consent_version text NOT NULL,
    marketing_version text,
    outcome text COLLATE pg_catalog."C",
    advocate_id uuid,
    confirmed_at timestamp with time zone,
    expires_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT join_requests_address_key_check CHECK ((octet_length(address_key) = 32)),
    CONSTRAINT join_requests_check CHECK ((((confirmed_at IS NULL) = (outcome IS NULL)) AND ((outcome IS NULL) = (advocate_id IS NULL)))),
    CONSTRAINT join_requests_check1 CHECK (((sealed IS NULL) OR (confirmed_at IS NULL))),
    CONSTRAINT join_requests_language_check CHECK ((language = ANY (ARRAY['tr'::text, 'en'::text]))),
    CONSTRAINT join_requests_outcome_check CHECK ((outcome = ANY (ARRAY['joined'::text, 'member'::text])))
);

ALTER TABLE ONLY public.join_requests FORCE ROW LEVEL SECURITY;

CREATE TABLE public.ledger_accounts (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    partner_id uuid NOT NULL,
    currency text NOT NULL COLLATE pg_catalog."C",
    balance bigint DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT ledger_accounts_kind_check CHECK ((kind = ANY (ARRAY['expense'::text, 'pending'::text, 'on_hold'::text, 'payable'::text, 'paid'::text, 'reward_expense'::text, 'reward_pending'::text, 'reward_on_hold'::text, 'reward_available'::text, 'reward_redeemed'::text, 'reward_expired'::text]))),
    CONSTRAINT ledger_accounts_points CHECK (((currency <> 'points'::text) OR (kind ~~ 'reward_%'::text)))
);

ALTER TABLE ONLY public.ledger_accounts FORCE ROW LEVEL SECURITY;

CREATE TABLE public.ledger_entries (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    partner_id uuid NOT NULL,
    commission_id uuid,
    reason text,
    details jsonb,
    created_by text NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL
);

ALTER TABLE ONLY public.ledger_entries FORCE ROW LEVEL SECURITY;

CREATE TABLE public.ledger_postings (
    workspace_id uuid NOT NULL,
    entry_id uuid NOT NULL,
    n smallint NOT NULL,
    account_id uuid NOT NULL,
    commission_id uuid,
    amount bigint NOT NULL,
    currency text NOT NULL COLLATE pg_catalog."C"
);

ALTER TABLE ONLY public.ledger_postings FORCE ROW LEVEL SECURITY;

CREATE TABLE public.links (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    host text COLLATE pg_catalog."C",
    code text NOT NULL COLLATE pg_catalog."C",
    url text NOT NULL,
    hosts text[] NOT NULL,
    title text,
    folded text NOT NULL COLLATE pg_catalog."C",
    partner_id uuid,
    campaign_id uuid,
    coupon_id uuid,
    sub1 text,
    sub2 text,
    sub3 text,
    sub4 text,
    sub5 text,
    targets jsonb DEFAULT '[]'::jsonb NOT NULL,
    utm jsonb DEFAULT '{}'::jsonb NOT NULL,
    mode text DEFAULT 'redirect'::text NOT NULL,
    via text COLLATE pg_catalog."C",
    platform text,
    network text,
    tracking_id text,
    cap integer,
    expires_at timestamp with time zone,
    fallback_url text,
    retired_at timestamp with time zone,
    external_id text,
    key text COLLATE pg_catalog."C",
    health text,
    health_code smallint,
    health_reason text,
    checked_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    by_partner boolean DEFAULT false NOT NULL,
    CONSTRAINT links_cap_check CHECK ((cap > 0)),
    CONSTRAINT links_fallback CHECK ((fallback_url ~ '^https?://[!-~]+$'::text)),
    CONSTRAINT links_health_check CHECK ((health = ANY (ARRAY['ok'::text, 'dead'::text, 'unsure'::text, 'refused'::text]))),
    CONSTRAINT links_mode_check CHECK ((mode = ANY (ARRAY['redirect'::text, 'interstitial'::text, 'direct'::text]))),
    CONSTRAINT links_network_check CHECK ((network = ANY (ARRAY['trendyol'::text, 'hepsiburada'::text, 'amazon'::text, 'n11'::text]))),
    CONSTRAINT links_platform_check CHECK ((platform = ANY (ARRAY['instagram'::text, 'tiktok'::text, 'youtube'::text, 'x'::text, 'facebook'::text, 'linkedin'::text, 'pinterest'::text, 'twitch'::text, 'other'::text]))),
    CONSTRAINT links_url CHECK ((url ~ '^https?://[!-~]+$'::text)),
    CONSTRAINT links_via CHECK (((mode <> 'direct'::text) OR (via IS NOT NULL)))
);

ALTER TABLE ONLY public.links FORCE ROW LEVEL SECURITY;

CREATE TABLE public.listening_events (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    created_by text NOT NULL COLLATE pg_catalog."C",
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT listening_events_span CHECK ((starts_at < ends_at))
);

ALTER TABLE ONLY public.listening_events FORCE ROW LEVEL SECURITY;

CREATE TABLE public.listening_queries (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    expression text NOT NULL,
    brand_id uuid,
    tags text[] DEFAULT '{}'::text[] NOT NULL,
    categories text[] DEFAULT '{}'::text[] NOT NULL,
    campaign_id uuid,
    status text DEFAULT 'active'::text NOT NULL COLLATE pg_catalog."C",
    version integer DEFAULT 1 NOT NULL,
    matched_version integer DEFAULT 0 NOT NULL,
    job_id uuid,
    created_by text NOT NULL COLLATE pg_catalog."C",
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT listening_queries_status_check CHECK ((status = ANY (ARRAY['active'::text, 'paused'::text, 'archived'::text])))
);

ALTER TABLE ONLY public.listening_queries FORCE ROW LEVEL SECURITY;

CREATE TABLE public.members (
    workspace_id uuid NOT NULL,
    person_id uuid NOT NULL,
    role text NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT members_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'manager'::text, 'analyst'::text])))
);

ALTER TABLE ONLY public.members FORCE ROW LEVEL SECURITY;

CREATE TABLE public.mention_fetches (
    workspace_id uuid NOT NULL,
    source_id uuid NOT NULL,
    media_id text NOT NULL COLLATE pg_catalog."C",
    comment_id text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    user_id text NOT NULL COLLATE pg_catalog."C",
    status text DEFAULT 'waiting'::text NOT NULL COLLATE pg_catalog."C",
    why text,
    attempts integer DEFAULT 0 NOT NULL,
    due_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT mention_fetches_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'done'::text, 'failed'::text])))
);

ALTER TABLE ONLY public.mention_fetches FORCE ROW LEVEL SECURITY;

CREATE TABLE public.mention_matches (
    workspace_id uuid NOT NULL,
    query_id uuid NOT NULL,
    published_at timestamp with time zone NOT NULL,
    mention_id uuid NOT NULL
)
WITH (autovacuum_vacuum_scale_factor='0.02', autovacuum_vacuum_insert_scale_factor='0.02');

ALTER TABLE ONLY public.mention_matches FORCE ROW LEVEL SECURITY;

CREATE TABLE public.mention_search (
    workspace_id uuid NOT NULL,
    mention_id uuid NOT NULL,
    published_at timestamp with time zone NOT NULL,
    tokens tsvector NOT NULL,
    source text NOT NULL COLLATE pg_catalog."C",
    site text COLLATE pg_catalog."C",
    platform text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    language text COLLATE pg_catalog."C",
    country text COLLATE pg_catalog."C",
    author_key bytea,
    author_folded text COLLATE pg_catalog."C",
    author_name_folded text COLLATE pg_catalog."C",
    influencer_id uuid,
    campaign_id uuid,
    label text COLLATE pg_catalog."C",
    positive real,
    negative real,
    text_kind text COLLATE pg_catalog."C",
    followers bigint,
    reach bigint,
    engagement bigint,
    stars real,
    tags text[] DEFAULT '{}'::text[] NOT NULL,
    by_hand boolean DEFAULT false NOT NULL
)
WITH (autovacuum_vacuum_scale_factor='0.02', autovacuum_vacuum_insert_scale_factor='0.02');

ALTER TABLE ONLY public.mention_search FORCE ROW LEVEL SECURITY;

CREATE TABLE public.mention_sources (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL,
    url text,
    interval_s integer,
    integration_id uuid,
    aliases jsonb DEFAULT '{}'::jsonb NOT NULL,
    token_sealed bytea,
    paused boolean DEFAULT false NOT NULL,
    due_at timestamp with time zone,
    etag text,
    last_modified text,
    cursor text,
    failures integer DEFAULT 0 NOT NULL,
    last_at timestamp with time zone,
    last_ok_at timestamp with time zone,
    last_result jsonb,
    last_error text COLLATE pg_catalog."C",
    last_error_at timestamp with time zone,
    created bigint DEFAULT 0 NOT NULL,
    updated bigint DEFAULT 0 NOT NULL,
    unchanged bigint DEFAULT 0 NOT NULL,
    failed bigint DEFAULT 0 NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    archived_at timestamp with time zone,
    CONSTRAINT mention_sources_interval_s_check CHECK (((interval_s >= 60) AND (interval_s <= 604800))),
    CONSTRAINT mention_sources_kind_check CHECK ((kind = ANY (ARRAY['brandwatch'::text, 'talkwalker'::text, 'mention'::text, 'meta'::text, 'x'::text, 'reddit'::text, 'rss'::text, 'generic'::text])))
);

ALTER TABLE ONLY public.mention_sources FORCE ROW LEVEL SECURITY;

CREATE TABLE public.mention_spikes (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    query_id uuid NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    spell jsonb NOT NULL,
    before jsonb NOT NULL
);

ALTER TABLE ONLY public.mention_spikes FORCE ROW LEVEL SECURITY;

CREATE TABLE public.mentions (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C",
    source text NOT NULL COLLATE pg_catalog."C",
    native_id text COLLATE pg_catalog."C",
    url text,
    site text COLLATE pg_catalog."C",
    platform text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    title text,
    text text NOT NULL,
    language text COLLATE pg_catalog."C",
    country text COLLATE pg_catalog."C",
    author_name text,
    author_handle text,
    author_key bytea,
    influencer_id uuid,
    account_id uuid,
    campaign_id uuid,
    thread_id text COLLATE pg_catalog."C",
    published_at timestamp with time zone NOT NULL,
    observed_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    followers bigint,
    reach bigint,
    impressions bigint,
    views bigint,
    likes bigint,
    comments bigint,
    shares bigint,
    engagement bigint,
    stars real,
    raw_sentiment text,
    raw_label text COLLATE pg_catalog."C",
    raw_score real,
    label text COLLATE pg_catalog."C",
    score real,
    positive real,
    negative real,
    model text COLLATE pg_catalog."C",
    text_kind text COLLATE pg_catalog."C",
    hand_label text COLLATE pg_catalog."C",
    hand_by text COLLATE pg_catalog."C",
    hand_at timestamp with time zone,
    status text DEFAULT 'new'::text NOT NULL COLLATE pg_catalog."C",
    assignee uuid,
    assigned_at timestamp with time zone,
    answered_at timestamp with time zone,
    moved_to_dm_at timestamp with time zone,
    resolved_at timestamp with time zone,
    tags text[] DEFAULT '{}'::text[] NOT NULL,
    categories text[] DEFAULT '{}'::text[] NOT NULL,
    digests bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT mentions_hand_label_check CHECK ((hand_label = ANY (ARRAY['positive'::text, 'neutral'::text, 'negative'::text]))),
    CONSTRAINT mentions_label_check CHECK ((label = ANY (ARRAY['positive'::text, 'neutral'::text, 'negative'::text]))),
    CONSTRAINT mentions_raw_label_check CHECK ((raw_label = ANY (ARRAY['positive'::text, 'neutral'::text, 'negative'::text]))),
    CONSTRAINT mentions_stars_check CHECK (((stars >= (0)::double precision) AND (stars <= (5)::double precision))),
    CONSTRAINT mentions_status_check CHECK ((status = ANY (ARRAY['new'::text, 'assigned'::text, 'answered'::text, 'resolved'::text, 'ignored'::text])))
);

ALTER TABLE ONLY public.mentions FORCE ROW LEVEL SECURITY;

CREATE TABLE public.model_pointers (
    workspace_id uuid NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    promoted_id uuid,
    shadow_id uuid,
    before uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL
);

ALTER TABLE ONLY public.model_pointers FORCE ROW LEVEL SECURITY;

CREATE TABLE public.models (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    state text DEFAULT 'trained'::text NOT NULL,
    artefact bytea NOT NULL,
    sha256 text NOT NULL COLLATE pg_catalog."C",
    card jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT models_kind_check CHECK ((kind = 'fit'::text)),
    CONSTRAINT models_state_check CHECK ((state = ANY (ARRAY['trained'::text, 'shadow'::text, 'promoted'::text, 'retired'::text])))
);

ALTER TABLE ONLY public.models FORCE ROW LEVEL SECURITY;

CREATE TABLE public.notice_optouts (
    workspace_id uuid NOT NULL,
    address bytea NOT NULL,
    notice text NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT notice_optouts_address_check CHECK ((octet_length(address) = 32))
);

ALTER TABLE ONLY public.notice_optouts FORCE ROW LEVEL SECURITY;

CREATE TABLE public.notices (
    workspace_id uuid NOT NULL,
    notice text NOT NULL,
    subject uuid NOT NULL,
    key text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    partner_id uuid,
    facts jsonb DEFAULT '{}'::jsonb NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT notices_notice_check CHECK ((notice = ANY (ARRAY['application_decided'::text, 'first_sale'::text, 'payout_paid'::text, 'terms_changed'::text]))),
    CONSTRAINT notices_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'unwanted'::text])))
);

ALTER TABLE ONLY public.notices FORCE ROW LEVEL SECURITY;

CREATE TABLE public.nps_answers (
    workspace_id uuid NOT NULL,
    invite_id uuid NOT NULL,
    survey_id uuid NOT NULL,
    score smallint NOT NULL,
    comment text,
    segment text,
    language text NOT NULL COLLATE pg_catalog."C",
    answered_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT nps_answers_score_check CHECK (((score >= 0) AND (score <= 10)))
);

ALTER TABLE ONLY public.nps_answers FORCE ROW LEVEL SECURITY;

CREATE TABLE public.nps_invites (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    survey_id uuid NOT NULL,
    address_key bytea,
    sealed bytea,
    person_key bytea,
    segment text,
    language text NOT NULL COLLATE pg_catalog."C",
    sent_at timestamp with time zone,
    expires_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT nps_invites_address_key_check CHECK ((octet_length(address_key) = 32)),
    CONSTRAINT nps_invites_language_check CHECK ((language = ANY (ARRAY['tr'::text, 'en'::text]))),
    CONSTRAINT nps_invites_person_key_check CHECK ((octet_length(person_key) = 32))
);

ALTER TABLE ONLY public.nps_invites FORCE ROW LEVEL SECURITY;

CREATE TABLE public.nps_surveys (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    brand text,
    language text NOT NULL COLLATE pg_catalog."C",
    question_tr text,
    question_en text,
    days integer NOT NULL,
    status text DEFAULT 'open'::text NOT NULL COLLATE pg_catalog."C",
    created_by text NOT NULL COLLATE pg_catalog."C",
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT nps_surveys_days_check CHECK (((days >= 1) AND (days <= 365))),
    CONSTRAINT nps_surveys_language_check CHECK ((language = ANY (ARRAY['tr'::text, 'en'::text]))),
    CONSTRAINT nps_surveys_status_check CHECK ((status = ANY (ARRAY['open'::text, 'closed'::text])))
);

ALTER TABLE ONLY public.nps_surveys FORCE ROW LEVEL SECURITY;

CREATE TABLE public.obligation_sums (
    workspace_id uuid NOT NULL,
    id bigint NOT NULL,
    program_id uuid NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    currency text COLLATE pg_catalog."C",
    pool_id uuid,
    standing text NOT NULL COLLATE pg_catalog."C",
    each bigint,
    earned_on date NOT NULL,
    due_on date NOT NULL,
    n bigint NOT NULL,
    amount numeric NOT NULL,
    CONSTRAINT obligation_sums_standing_check CHECK ((standing = ANY (ARRAY['delivered'::text, 'expired'::text, 'withdrawn'::text, 'ready'::text, 'promised'::text])))
);

ALTER TABLE ONLY public.obligation_sums FORCE ROW LEVEL SECURITY;

ALTER TABLE public.obligation_sums ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.obligation_sums_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.outbox (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    topic text NOT NULL COLLATE pg_catalog."C",
    lane text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    subject text COLLATE pg_catalog."C",
    body jsonb,
    status text DEFAULT 'waiting'::text NOT NULL COLLATE pg_catalog."C",
    attempts integer DEFAULT 0 NOT NULL,
    next_attempt_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    last_error text,
    queue_id bigint NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT outbox_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'delivered'::text, 'dead'::text])))
);

ALTER TABLE ONLY public.outbox FORCE ROW LEVEL SECURITY;

CREATE TABLE public.outcomes (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    influencer_id uuid NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C",
    external_id text,
    platform text COLLATE pg_catalog."C",
    format text,
    brand_id uuid,
    brand_name text,
    brand_folded text COLLATE pg_catalog."C",
    finished_at timestamp with time zone NOT NULL,
    price bigint,
    cost bigint,
    currency text,
    conversions bigint,
    engagements bigint,
    exclusive_until timestamp with time zone,
    source text NOT NULL,
    digests bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT outcomes_check CHECK (((num_nonnulls(price, cost) = 0) OR (currency IS NOT NULL))),
    CONSTRAINT outcomes_conversions_check CHECK ((conversions >= 0)),
    CONSTRAINT outcomes_cost_check CHECK ((cost >= 0)),
    CONSTRAINT outcomes_engagements_check CHECK ((engagements >= 0)),
    CONSTRAINT outcomes_platform_check CHECK ((platform = ANY (ARRAY['instagram'::text, 'tiktok'::text, 'youtube'::text, 'x'::text, 'facebook'::text, 'linkedin'::text, 'pinterest'::text, 'twitch'::text, 'other'::text]))),
    CONSTRAINT outcomes_price_check CHECK ((price >= 0))
);

ALTER TABLE ONLY public.outcomes FORCE ROW LEVEL SECURITY;

CREATE TABLE public.partner_click_hours (
    workspace_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    dimension text NOT NULL COLLATE pg_catalog."C",
    starts_at timestamp with time zone NOT NULL,
    value text NOT NULL COLLATE pg_catalog."C",
    gross bigint NOT NULL,
    net bigint NOT NULL,
    uniques bigint NOT NULL,
    CONSTRAINT partner_click_hours_check CHECK (((gross >= net) AND (net >= uniques) AND (uniques >= 0))),
    CONSTRAINT partner_click_hours_dimension_check CHECK ((dimension = ANY (ARRAY['link'::text, 'campaign'::text, 'sub1'::text])))
);

ALTER TABLE ONLY public.partner_click_hours FORCE ROW LEVEL SECURITY;

CREATE TABLE public.partner_click_rollups (
    workspace_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    gross bigint NOT NULL,
    net bigint NOT NULL,
    uniques bigint NOT NULL,
    CONSTRAINT partner_click_rollups_check CHECK (((gross >= net) AND (net >= uniques) AND (uniques >= 0)))
);

ALTER TABLE ONLY public.partner_click_rollups FORCE ROW LEVEL SECURITY;

CREATE TABLE public.partner_codes (
    address bytea NOT NULL,
    code_hash bytea NOT NULL,
    tries smallint DEFAULT 0 NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT partner_codes_address_check CHECK ((octet_length(address) = 32)),
    CONSTRAINT partner_codes_code_hash_check CHECK ((octet_length(code_hash) = 32))
);

CREATE TABLE public.partner_external_ids (
    workspace_id uuid NOT NULL,
    program_id uuid NOT NULL,
    external_id text NOT NULL COLLATE pg_catalog."C",
    partner_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL
);

ALTER TABLE ONLY public.partner_external_ids FORCE ROW LEVEL SECURITY;

CREATE TABLE public.partner_history (
    workspace_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    since timestamp with time zone NOT NULL,
    program_id uuid,
    "group" text,
    status text NOT NULL,
    CONSTRAINT partner_history_status_check CHECK ((status = ANY (ARRAY['active'::text, 'paused'::text, 'archived'::text])))
);

ALTER TABLE ONLY public.partner_history FORCE ROW LEVEL SECURITY;

CREATE TABLE public.partner_invitations (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    partner_id uuid NOT NULL,
    email text NOT NULL,
    email_key text NOT NULL COLLATE pg_catalog."C",
    token_hash bytea NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    revoked_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL
);

ALTER TABLE ONLY public.partner_invitations FORCE ROW LEVEL SECURITY;

CREATE TABLE public.partner_preferences (
    workspace_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    language text,
    notices_off text[] DEFAULT '{}'::text[] NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT partner_preferences_language_check CHECK ((language = ANY (ARRAY['tr'::text, 'en'::text])))
);

ALTER TABLE ONLY public.partner_preferences FORCE ROW LEVEL SECURITY;

CREATE TABLE public.partner_sessions (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    partner_id uuid NOT NULL,
    email_key text NOT NULL COLLATE pg_catalog."C",
    refresh_hash bytea NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    refreshed_at timestamp with time zone DEFAULT public.elci_now() NOT NULL
);

ALTER TABLE ONLY public.partner_sessions FORCE ROW LEVEL SECURITY;

CREATE TABLE public.partner_users (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    partner_id uuid NOT NULL,
    email text NOT NULL,
    email_key text NOT NULL COLLATE pg_catalog."C",
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL
);

ALTER TABLE ONLY public.partner_users FORCE ROW LEVEL SECURITY;

CREATE TABLE public.partners (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    program_id uuid,
    influencer_id uuid,
    name text NOT NULL,
    slug text NOT NULL COLLATE pg_catalog."C",
    name_folded text NOT NULL COLLATE pg_catalog."C",
    email text,
    email_key text COLLATE pg_catalog."C",
    "group" text,
    status text DEFAULT 'active'::text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    merged_into uuid,
    merged_at timestamp with time zone,
    mailbox text GENERATED ALWAYS AS (
CASE
    WHEN (split_part(email_key, '@'::text, 2) = ANY (ARRAY['gmail.com'::text, 'googlemail.com'::text])) THEN (replace(split_part(split_part(email_key, '@'::text, 1), '+'::text, 1), '.'::text, ''::text) || '@gmail.com'::text)
    ELSE ((split_part(split_part(email_key, '@'::text, 1), '+'::text, 1) || '@'::text) || split_part(email_key, '@'::text, 2))
END) STORED COLLATE pg_catalog."C",
    CONSTRAINT partners_status_check CHECK ((status = ANY (ARRAY['active'::text, 'paused'::text, 'archived'::text])))
);

ALTER TABLE ONLY public.partners FORCE ROW LEVEL SECURITY;

CREATE TABLE public.payout_accounts (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    partner_id uuid NOT NULL,
    sealed bytea,
    number_key bytea,
    country text COLLATE pg_catalog."C",
    hint text,
    created_by text NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    ended_at timestamp with time zone,
    unseen boolean DEFAULT true NOT NULL,
    CONSTRAINT payout_accounts_number_key_check CHECK ((octet_length(number_key) = 32))
);

ALTER TABLE ONLY public.payout_accounts FORCE ROW LEVEL SECURITY;

CREATE TABLE public.payout_items (
    workspace_id uuid NOT NULL,
    payout_id uuid NOT NULL,
    commission_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    amount bigint NOT NULL,
    released_at timestamp with time zone
);

ALTER TABLE ONLY public.payout_items FORCE ROW LEVEL SECURITY;

CREATE TABLE public.payout_runs (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    wanted jsonb NOT NULL,
    wanted_key text NOT NULL COLLATE pg_catalog."C",
    job_id uuid,
    created_by text NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    finished_at timestamp with time zone
);

ALTER TABLE ONLY public.payout_runs FORCE ROW LEVEL SECURITY;

CREATE TABLE public.payout_skips (
    workspace_id uuid NOT NULL,
    run_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    currency text NOT NULL COLLATE pg_catalog."C",
    amount bigint NOT NULL,
    reason text NOT NULL,
    CONSTRAINT payout_skips_reason_check CHECK ((reason = ANY (ARRAY['negative'::text, 'below_minimum'::text, 'no_account'::text])))
);

ALTER TABLE ONLY public.payout_skips FORCE ROW LEVEL SECURITY;

CREATE TABLE public.payouts (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C",
    reference text NOT NULL COLLATE pg_catalog."C",
    run_id uuid,
    partner_id uuid NOT NULL,
    account_id uuid,
    method text NOT NULL,
    amount bigint NOT NULL,
    unallocated bigint DEFAULT 0 NOT NULL,
    currency text NOT NULL COLLATE pg_catalog."C",
    status text NOT NULL,
    reason text,
    note text,
    created_by text NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    sent_at timestamp with time zone,
    paid_at timestamp with time zone,
    failed_at timestamp with time zone,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT payouts_amount_check CHECK ((amount > 0)),
    CONSTRAINT payouts_method_check CHECK ((method = ANY (ARRAY['bank'::text, 'outside'::text]))),
    CONSTRAINT payouts_status_check CHECK ((status = ANY (ARRAY['created'::text, 'sent'::text, 'paid'::text, 'failed'::text])))
);

ALTER TABLE ONLY public.payouts FORCE ROW LEVEL SECURITY;

CREATE TABLE public.people (
    id uuid NOT NULL,
    email text NOT NULL,
    email_key text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL,
    password_hash text NOT NULL,
    password_changed_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL
);

CREATE TABLE public.personas (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    demographics jsonb DEFAULT '{}'::jsonb NOT NULL,
    "values" text[] DEFAULT '{}'::text[] NOT NULL,
    challenges text[] DEFAULT '{}'::text[] NOT NULL,
    joys text[] DEFAULT '{}'::text[] NOT NULL,
    interests text[] DEFAULT '{}'::text[] NOT NULL,
    online_behaviour text,
    platforms text[] DEFAULT '{}'::text[] NOT NULL,
    content_types text[] DEFAULT '{}'::text[] NOT NULL,
    active_hours text[] DEFAULT '{}'::text[] NOT NULL,
    archived_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL
);

ALTER TABLE ONLY public.personas FORCE ROW LEVEL SECURITY;

CREATE TABLE public.pgqueuer (
    id bigint NOT NULL,
    priority integer NOT NULL,
    queue_manager_id uuid,
    created timestamp with time zone DEFAULT now() NOT NULL,
    updated timestamp with time zone DEFAULT now() NOT NULL,
    heartbeat timestamp with time zone DEFAULT now() NOT NULL,
    execute_after timestamp with time zone DEFAULT now() NOT NULL,
    status public.pgqueuer_status NOT NULL,
    entrypoint text NOT NULL,
    dedupe_key text,
    payload bytea,
    headers jsonb,
    attempts integer DEFAULT 0 NOT NULL,
    slot bigint
);

CREATE SEQUENCE public.pgqueuer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.pgqueuer_id_seq OWNED BY public.pgqueuer.id;

CREATE TABLE public.pgqueuer_log (
    id bigint NOT NULL,
    created timestamp with time zone DEFAULT now() NOT NULL,
    job_id bigint NOT NULL,
    status public.pgqueuer_status NOT NULL,
    priority integer NOT NULL,
    entrypoint text NOT NULL,
    traceback jsonb,
    aggregated boolean DEFAULT false
);

ALTER TABLE public.pgqueuer_log ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.pgqueuer_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.pgqueuer_schedules (
    id bigint NOT NULL,
    expression text NOT NULL,
    entrypoint text NOT NULL,
    heartbeat timestamp with time zone DEFAULT now() NOT NULL,
    created timestamp with time zone DEFAULT now() NOT NULL,
    updated timestamp with time zone DEFAULT now() NOT NULL,
    next_run timestamp with time zone DEFAULT now() NOT NULL,
    last_run timestamp with time zone,
    status public.pgqueuer_status DEFAULT 'queued'::public.pgqueuer_status
);

CREATE SEQUENCE public.pgqueuer_schedules_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.pgqueuer_schedules_id_seq OWNED BY public.pgqueuer_schedules.id;

CREATE TABLE public.pgqueuer_statistics (
    id bigint NOT NULL,
    created timestamp with time zone DEFAULT date_trunc('sec'::text, now()) NOT NULL,
    count bigint NOT NULL,
    priority integer NOT NULL,
    status public.pgqueuer_status NOT NULL,
    entrypoint text NOT NULL
);

CREATE SEQUENCE public.pgqueuer_statistics_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.pgqueuer_statistics_id_seq OWNED BY public.pgqueuer_statistics.id;

CREATE TABLE public.postback_deliveries (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    postback_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    seq bigint,
    event text NOT NULL COLLATE pg_catalog."C",
    event_id uuid NOT NULL,
    "values" jsonb NOT NULL,
    status text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    next_attempt_at timestamp with time zone,
    tried_at timestamp with time zone,
    took_ms integer,
    url text,
    status_code integer,
    answer text,
    error text COLLATE pg_catalog."C",
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT postback_deliveries_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'delivered'::text, 'given_up'::text])))
);

ALTER TABLE ONLY public.postback_deliveries FORCE ROW LEVEL SECURITY;

CREATE TABLE public.postback_told (
    workspace_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    subject_id uuid NOT NULL,
    status text NOT NULL COLLATE pg_catalog."C",
    amount bigint NOT NULL
);

ALTER TABLE ONLY public.postback_told FORCE ROW LEVEL SECURITY;

CREATE TABLE public.postbacks (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    partner_id uuid NOT NULL,
    name text,
    url text NOT NULL,
    method text NOT NULL,
    events text[] NOT NULL,
    secret bytea,
    last_seq bigint DEFAULT 0 NOT NULL,
    leased_by uuid,
    leased_until timestamp with time zone,
    failing_since timestamp with time zone,
    disabled_at timestamp with time zone,
    disabled_reason text,
    created_by text NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT postbacks_disabled CHECK (((disabled_at IS NULL) = (disabled_reason IS NULL))),
    CONSTRAINT postbacks_disabled_reason_check CHECK ((disabled_reason = ANY (ARRAY['by_partner'::text, 'failing'::text, 'gone'::text]))),
    CONSTRAINT postbacks_method_check CHECK ((method = ANY (ARRAY['GET'::text, 'POST'::text])))
);

ALTER TABLE ONLY public.postbacks FORCE ROW LEVEL SECURITY;

CREATE TABLE public.program_history (
    workspace_id uuid NOT NULL,
    program_id uuid NOT NULL,
    since timestamp with time zone NOT NULL,
    status text NOT NULL,
    CONSTRAINT program_history_status_check CHECK ((status = ANY (ARRAY['active'::text, 'paused'::text, 'archived'::text])))
);

ALTER TABLE ONLY public.program_history FORCE ROW LEVEL SECURITY;

CREATE TABLE public.program_terms (
    workspace_id uuid NOT NULL,
    program_id uuid NOT NULL,
    version integer NOT NULL,
    valid_from timestamp with time zone,
    terms jsonb NOT NULL,
    created_by text NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT program_terms_version_check CHECK ((version > 0))
);

ALTER TABLE ONLY public.program_terms FORCE ROW LEVEL SECURITY;

CREATE TABLE public.programs (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    folded text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL,
    status text DEFAULT 'active'::text NOT NULL,
    min_payout bigint,
    min_payout_currency text COLLATE pg_catalog."C",
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    page jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT programs_kind_check CHECK ((kind = ANY (ARRAY['affiliate'::text, 'advocacy'::text]))),
    CONSTRAINT programs_min_payout_check CHECK ((min_payout >= 0)),
    CONSTRAINT programs_status_check CHECK ((status = ANY (ARRAY['active'::text, 'paused'::text, 'archived'::text])))
);

ALTER TABLE ONLY public.programs FORCE ROW LEVEL SECURITY;

CREATE TABLE public.promotion_codes (
    workspace_id uuid NOT NULL,
    integration_id uuid NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    code text NOT NULL,
    learned_at timestamp with time zone DEFAULT public.elci_now() NOT NULL
);

ALTER TABLE ONLY public.promotion_codes FORCE ROW LEVEL SECURITY;

CREATE UNLOGGED TABLE public.rate_limits (
    key bytea NOT NULL,
    full_at timestamp with time zone NOT NULL
)
WITH (fillfactor='50', autovacuum_vacuum_scale_factor='0.05');

CREATE TABLE public.reach_answers (
    workspace_id uuid NOT NULL,
    shortlist_id uuid NOT NULL,
    key bytea NOT NULL,
    question jsonb NOT NULL,
    body bytea,
    cells bytea,
    job_id uuid,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    computed_at timestamp with time zone,
    CONSTRAINT reach_answers_check CHECK (((body IS NULL) = (computed_at IS NULL))),
    CONSTRAINT reach_answers_key_check CHECK ((octet_length(key) = 32))
);
ALTER TABLE ONLY public.reach_answers ALTER COLUMN cells SET STORAGE EXTERNAL;

ALTER TABLE ONLY public.reach_answers FORCE ROW LEVEL SECURITY;

CREATE TABLE public.reach_plan_members (
    workspace_id uuid NOT NULL,
    plan_id uuid NOT NULL,
    influencer_id uuid NOT NULL,
    account_id uuid,
    place integer,
    reason text,
    cost bigint,
    cost_basis text,
    tax_included boolean,
    marginal double precision,
    cumulative double precision,
    cost_per_1000 bigint,
    assumed boolean DEFAULT false NOT NULL,
    CONSTRAINT reach_plan_members_check CHECK (((place IS NULL) OR (reason IS NULL)))
);

ALTER TABLE ONLY public.reach_plan_members FORCE ROW LEVEL SECURITY;

CREATE TABLE public.reach_plans (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    name text,
    shortlist_id uuid,
    brief_id uuid,
    objective text NOT NULL,
    asked jsonb NOT NULL,
    chosen jsonb,
    job_id uuid,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    computed_at timestamp with time zone,
    CONSTRAINT reach_plans_check CHECK (((chosen IS NULL) = (computed_at IS NULL)))
);

ALTER TABLE ONLY public.reach_plans FORCE ROW LEVEL SECURITY;

CREATE TABLE public.redemptions (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    program_id uuid NOT NULL,
    advocate_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    external_id text NOT NULL COLLATE pg_catalog."C",
    reward_id uuid,
    amount bigint NOT NULL,
    currency text COLLATE pg_catalog."C",
    created_by text NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    reversed_at timestamp with time zone,
    reversed_by text,
    reversed_for text,
    CONSTRAINT redemptions_amount_check CHECK ((amount >= 0)),
    CONSTRAINT redemptions_check CHECK (((currency IS NULL) = (reward_id IS NOT NULL))),
    CONSTRAINT redemptions_reversed CHECK (((reversed_at IS NULL) = (reversed_by IS NULL)))
);

ALTER TABLE ONLY public.redemptions FORCE ROW LEVEL SECURITY;

CREATE TABLE public.referral_changes (
    workspace_id uuid NOT NULL,
    program_id uuid NOT NULL,
    id bigint NOT NULL,
    advocate_id uuid,
    referral_id uuid
);

ALTER TABLE ONLY public.referral_changes FORCE ROW LEVEL SECURITY;

ALTER TABLE public.referral_changes ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.referral_changes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.referral_checks (
    workspace_id uuid NOT NULL,
    program_id uuid NOT NULL,
    changed_at timestamp with time zone,
    started_at timestamp with time zone,
    checked_at timestamp with time zone,
    took interval
);

ALTER TABLE ONLY public.referral_checks FORCE ROW LEVEL SECURITY;

CREATE TABLE public.referral_evidence (
    workspace_id uuid NOT NULL,
    referral_id uuid NOT NULL,
    program_id uuid NOT NULL,
    ring_id uuid,
    found boolean NOT NULL,
    score double precision NOT NULL,
    codes text[] NOT NULL,
    weights double precision[] NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT referral_evidence_check CHECK ((cardinality(codes) = cardinality(weights)))
);

ALTER TABLE ONLY public.referral_evidence FORCE ROW LEVEL SECURITY;

CREATE TABLE public.referral_forests (
    workspace_id uuid NOT NULL,
    program_id uuid NOT NULL,
    as_of timestamp with time zone NOT NULL,
    of_each jsonb NOT NULL,
    generations bigint[] NOT NULL
);

ALTER TABLE ONLY public.referral_forests FORCE ROW LEVEL SECURITY;

CREATE TABLE public.referral_keys (
    workspace_id uuid NOT NULL,
    program_id uuid NOT NULL,
    key bytea NOT NULL,
    referral_id uuid NOT NULL,
    CONSTRAINT referral_keys_key_check CHECK ((octet_length(key) = 32))
);

ALTER TABLE ONLY public.referral_keys FORCE ROW LEVEL SECURITY;

CREATE TABLE public.referral_marks (
    workspace_id uuid NOT NULL,
    key bytea NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    value bytea NOT NULL,
    seen_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT referral_marks_key_check CHECK ((octet_length(key) = 32)),
    CONSTRAINT referral_marks_kind_check CHECK ((kind = ANY (ARRAY['device'::text, 'agent'::text, 'address'::text]))),
    CONSTRAINT referral_marks_value_check CHECK ((octet_length(value) = 16))
);

ALTER TABLE ONLY public.referral_marks FORCE ROW LEVEL SECURITY;

CREATE TABLE public.referral_nodes (
    workspace_id uuid NOT NULL,
    advocate_id uuid NOT NULL,
    program_id uuid NOT NULL,
    parent_id uuid,
    accounts integer NOT NULL,
    friends integer NOT NULL,
    customers integer NOT NULL,
    all_customers bigint NOT NULL,
    people bigint NOT NULL,
    generations bigint[] NOT NULL,
    nets jsonb NOT NULL
);

ALTER TABLE ONLY public.referral_nodes FORCE ROW LEVEL SECURITY;

CREATE TABLE public.referral_parts (
    workspace_id uuid NOT NULL,
    referral_id uuid NOT NULL,
    program_id uuid NOT NULL,
    advocate_id uuid NOT NULL,
    friend boolean NOT NULL,
    customer boolean NOT NULL,
    nets jsonb NOT NULL
);

ALTER TABLE ONLY public.referral_parts FORCE ROW LEVEL SECURITY;

CREATE TABLE public.referrals (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    program_id uuid NOT NULL,
    advocate_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    channel text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL COLLATE pg_catalog."C",
    before text COLLATE pg_catalog."C",
    held text COLLATE pg_catalog."C",
    cleared text[] DEFAULT '{}'::text[] NOT NULL,
    reason text,
    click_id uuid,
    conversion_id uuid,
    friend_id uuid,
    purchases integer DEFAULT 0 NOT NULL,
    invited_at timestamp with time zone,
    clicked_at timestamp with time zone,
    signed_up_at timestamp with time zone,
    qualified_at timestamp with time zone,
    rewarded_at timestamp with time zone,
    rejected_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    joined_at timestamp with time zone,
    CONSTRAINT referrals_before_check CHECK ((before <> 'rejected'::text)),
    CONSTRAINT referrals_channel_check CHECK ((channel = ANY (ARRAY['link'::text, 'code'::text, 'email'::text, 'manual'::text]))),
    CONSTRAINT referrals_check CHECK (((state = 'rejected'::text) = (before IS NOT NULL))),
    CONSTRAINT referrals_state_check CHECK ((state = ANY (ARRAY['invited'::text, 'clicked'::text, 'signed_up'::text, 'qualified'::text, 'rewarded'::text, 'rejected'::text])))
);

ALTER TABLE ONLY public.referrals FORCE ROW LEVEL SECURITY;

CREATE TABLE public.refunds (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    shop text NOT NULL COLLATE pg_catalog."C",
    external_id text NOT NULL COLLATE pg_catalog."C",
    conversion_id uuid,
    refs text[] NOT NULL,
    amount bigint NOT NULL,
    currency text NOT NULL COLLATE pg_catalog."C",
    cumulative boolean NOT NULL,
    channel text NOT NULL COLLATE pg_catalog."C",
    verified boolean NOT NULL,
    reason text,
    occurred_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT refunds_amount_check CHECK ((amount >= 0))
);

ALTER TABLE ONLY public.refunds FORCE ROW LEVEL SECURITY;

CREATE TABLE public.reported_totals (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    network text NOT NULL COLLATE pg_catalog."C",
    shop text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    tracking_id text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    sub_id text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    campaign text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    product_id text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    reference text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    state text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    currency text NOT NULL COLLATE pg_catalog."C",
    clicks bigint,
    orders bigint,
    items bigint,
    sales bigint,
    returns bigint,
    commission bigint,
    link_id uuid,
    partner_id uuid,
    import_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT reported_totals_days CHECK ((starts_on <= ends_on))
);

ALTER TABLE ONLY public.reported_totals FORCE ROW LEVEL SECURITY;

CREATE TABLE public.review_decisions (
    workspace_id uuid NOT NULL,
    hold_id uuid NOT NULL,
    n integer NOT NULL,
    status text NOT NULL,
    reason text NOT NULL,
    created_by text NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT review_decisions_n_check CHECK ((n > 0)),
    CONSTRAINT review_decisions_status_check CHECK ((status = ANY (ARRAY['released'::text, 'confirmed'::text])))
);

ALTER TABLE ONLY public.review_decisions FORCE ROW LEVEL SECURITY;

CREATE TABLE public.review_findings (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    code text NOT NULL COLLATE pg_catalog."C",
    partner_id uuid NOT NULL,
    coupon text COLLATE pg_catalog."C",
    "group" text NOT NULL COLLATE pg_catalog."C",
    since timestamp with time zone NOT NULL,
    until timestamp with time zone,
    evidence jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT review_findings_code_check CHECK ((code = ANY (ARRAY['conversion_rate'::text, 'velocity'::text, 'leaked_coupon'::text])))
);

ALTER TABLE ONLY public.review_findings FORCE ROW LEVEL SECURITY;

CREATE TABLE public.review_flags (
    workspace_id uuid NOT NULL,
    conversion_id uuid NOT NULL,
    hold_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    code text NOT NULL COLLATE pg_catalog."C",
    "group" text NOT NULL COLLATE pg_catalog."C",
    evidence jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    ended_at timestamp with time zone
);

ALTER TABLE ONLY public.review_flags FORCE ROW LEVEL SECURITY;

CREATE TABLE public.review_keys (
    workspace_id uuid NOT NULL,
    key bytea NOT NULL,
    review_id uuid NOT NULL,
    CONSTRAINT review_keys_key_check CHECK ((octet_length(key) = 32))
);

ALTER TABLE ONLY public.review_keys FORCE ROW LEVEL SECURITY;

CREATE TABLE public.review_rules (
    workspace_id uuid NOT NULL,
    version integer NOT NULL,
    rules jsonb NOT NULL,
    created_by text NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT review_rules_version_check CHECK ((version > 0))
);

ALTER TABLE ONLY public.review_rules FORCE ROW LEVEL SECURITY;

CREATE TABLE public.review_settings (
    workspace_id uuid NOT NULL,
    moderation text NOT NULL COLLATE pg_catalog."C",
    updated_by text NOT NULL COLLATE pg_catalog."C",
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT review_settings_moderation_check CHECK ((moderation = ANY (ARRAY['none'::text, 'all'::text])))
);

ALTER TABLE ONLY public.review_settings FORCE ROW LEVEL SECURITY;

CREATE TABLE public.review_visits (
    workspace_id uuid NOT NULL,
    conversion_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    visitor bytea NOT NULL,
    own boolean NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT review_visits_visitor_check CHECK ((octet_length(visitor) = 16))
);

ALTER TABLE ONLY public.review_visits FORCE ROW LEVEL SECURITY;

CREATE TABLE public.reviews (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    published_at timestamp with time zone NOT NULL,
    shop text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    product_id text COLLATE pg_catalog."C",
    product_name text,
    order_ref text COLLATE pg_catalog."C",
    conversion_id uuid,
    verified_by text COLLATE pg_catalog."C",
    media text[] DEFAULT '{}'::text[] NOT NULL,
    status text NOT NULL COLLATE pg_catalog."C",
    reason text COLLATE pg_catalog."C",
    note text,
    moderated_by text COLLATE pg_catalog."C",
    moderated_at timestamp with time zone,
    answer text,
    answered_by text COLLATE pg_catalog."C",
    answered_at timestamp with time zone,
    told_incentivized boolean DEFAULT false NOT NULL,
    incentivized boolean DEFAULT false NOT NULL,
    settled boolean DEFAULT true NOT NULL,
    erased_at timestamp with time zone,
    created_by text NOT NULL COLLATE pg_catalog."C",
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    stars real,
    words boolean DEFAULT false NOT NULL,
    CONSTRAINT reviews_check CHECK (((status = 'rejected'::text) = (reason IS NOT NULL))),
    CONSTRAINT reviews_check1 CHECK (((verified_by IS NULL) = (conversion_id IS NULL))),
    CONSTRAINT reviews_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'approved'::text, 'rejected'::text]))),
    CONSTRAINT reviews_verified_by_check CHECK ((verified_by = ANY (ARRAY['order'::text, 'customer'::text])))
);

ALTER TABLE ONLY public.reviews FORCE ROW LEVEL SECURITY;

CREATE TABLE public.reward_sums (
    workspace_id uuid NOT NULL,
    program_id uuid NOT NULL,
    unit text NOT NULL COLLATE pg_catalog."C",
    spent bigint NOT NULL,
    CONSTRAINT reward_sums_spent_check CHECK ((spent >= 0))
);

ALTER TABLE ONLY public.reward_sums FORCE ROW LEVEL SECURITY;

CREATE TABLE public.rewards (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    program_id uuid NOT NULL,
    advocate_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    referral_id uuid,
    conversion_id uuid,
    deed_id uuid,
    cause text NOT NULL COLLATE pg_catalog."C",
    rule text NOT NULL COLLATE pg_catalog."C",
    trigger text NOT NULL COLLATE pg_catalog."C",
    side text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    amount bigint NOT NULL,
    currency text COLLATE pg_catalog."C",
    rate numeric,
    pool_id uuid,
    terms_version integer NOT NULL,
    status text NOT NULL COLLATE pg_catalog."C",
    reason text,
    held text,
    cleared text[] DEFAULT '{}'::text[] NOT NULL,
    rejected text,
    gone text,
    refunded bigint DEFAULT 0 NOT NULL,
    total bigint DEFAULT 0 NOT NULL,
    redeemed bigint DEFAULT 0 NOT NULL,
    expired bigint DEFAULT 0 NOT NULL,
    rest bigint DEFAULT 0 NOT NULL,
    due_at timestamp with time zone,
    expires_at timestamp with time zone,
    earned_at timestamp with time zone NOT NULL,
    delivered_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT rewards_amount_check CHECK ((amount >= 0)),
    CONSTRAINT rewards_check CHECK (((kind = 'points'::text) = (NOT (currency IS DISTINCT FROM 'points'::text)))),
    CONSTRAINT rewards_check1 CHECK (((kind <> ALL (ARRAY['points'::text, 'credit'::text, 'cash'::text])) OR (currency IS NOT NULL))),
    CONSTRAINT rewards_check2 CHECK (((redeemed + expired) <= amount)),
    CONSTRAINT rewards_expired_check CHECK ((expired >= 0)),
    CONSTRAINT rewards_kind_check CHECK ((kind = ANY (ARRAY['points'::text, 'credit'::text, 'cash'::text, 'voucher'::text, 'discount'::text]))),
    CONSTRAINT rewards_redeemed_check CHECK ((redeemed >= 0)),
    CONSTRAINT rewards_side_check CHECK ((side = ANY (ARRAY['advocate'::text, 'friend'::text]))),
    CONSTRAINT rewards_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'on_hold'::text, 'available'::text, 'redeemed'::text, 'expired'::text, 'reversed'::text, 'rejected'::text])))
);

ALTER TABLE ONLY public.rewards FORCE ROW LEVEL SECURITY;

CREATE TABLE public.salts (
    day date NOT NULL,
    salt bytea NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT salts_salt_check CHECK ((octet_length(salt) = 32))
)
WITH (autovacuum_vacuum_threshold='1', autovacuum_vacuum_scale_factor='0');

CREATE TABLE public.saved_searches (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    search jsonb NOT NULL,
    created_by text NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL
);

ALTER TABLE ONLY public.saved_searches FORCE ROW LEVEL SECURITY;

CREATE TABLE public.score_contexts (
    workspace_id uuid NOT NULL,
    run_id uuid NOT NULL,
    brief_id uuid NOT NULL,
    brief_version integer NOT NULL,
    asked jsonb NOT NULL,
    populations jsonb NOT NULL,
    model_version text NOT NULL,
    as_of timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.score_contexts FORCE ROW LEVEL SECURITY;

CREATE TABLE public.score_records (
    workspace_id uuid NOT NULL,
    influencer_id uuid NOT NULL,
    run_id uuid NOT NULL,
    rank integer NOT NULL,
    inputs jsonb NOT NULL,
    vetoes jsonb NOT NULL,
    scores jsonb NOT NULL,
    as_of timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.score_records FORCE ROW LEVEL SECURITY;

CREATE TABLE public.score_runs (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    brief_id uuid NOT NULL,
    brief_version integer NOT NULL,
    asked jsonb NOT NULL,
    filters jsonb NOT NULL,
    model_version text NOT NULL,
    candidates uuid[] NOT NULL,
    scored integer NOT NULL,
    as_of timestamp with time zone NOT NULL,
    shadow_version text,
    shadow real[] DEFAULT '{}'::real[] NOT NULL,
    populations jsonb DEFAULT '{}'::jsonb NOT NULL
);
ALTER TABLE ONLY public.score_runs ALTER COLUMN candidates SET STORAGE EXTERNAL;

ALTER TABLE ONLY public.score_runs FORCE ROW LEVEL SECURITY;

CREATE TABLE public.sessions (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    refresh_hash bytea NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    refreshed_at timestamp with time zone DEFAULT public.elci_now() NOT NULL
);

ALTER TABLE ONLY public.sessions FORCE ROW LEVEL SECURITY;

CREATE TABLE public.shortlist_comments (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    shortlist_id uuid NOT NULL,
    share_id uuid NOT NULL,
    influencer_id uuid,
    author text NOT NULL,
    text text,
    decision text,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT shortlist_comments_check CHECK (((text IS NOT NULL) OR (decision IS NOT NULL))),
    CONSTRAINT shortlist_comments_check1 CHECK (((decision IS NULL) OR (influencer_id IS NOT NULL))),
    CONSTRAINT shortlist_comments_decision_check CHECK ((decision = ANY (ARRAY['approved'::text, 'rejected'::text])))
);

ALTER TABLE ONLY public.shortlist_comments FORCE ROW LEVEL SECURITY;

CREATE TABLE public.shortlist_items (
    workspace_id uuid NOT NULL,
    shortlist_id uuid NOT NULL,
    influencer_id uuid NOT NULL,
    status text DEFAULT 'suggested'::text NOT NULL,
    reason text,
    notes text,
    fit double precision,
    sentences text[] DEFAULT '{}'::text[] NOT NULL,
    run_id uuid,
    added_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT shortlist_items_reason CHECK (((status <> 'rejected'::text) OR (reason IS NOT NULL))),
    CONSTRAINT shortlist_items_status_check CHECK ((status = ANY (ARRAY['suggested'::text, 'starred'::text, 'ignored'::text, 'contacted'::text, 'approved'::text, 'rejected'::text])))
);

ALTER TABLE ONLY public.shortlist_items FORCE ROW LEVEL SECURITY;

CREATE TABLE public.shortlist_shares (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    shortlist_id uuid NOT NULL,
    name text,
    token_hash bytea NOT NULL,
    can text NOT NULL,
    hide text[] DEFAULT '{}'::text[] NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT shortlist_shares_can_check CHECK ((can = ANY (ARRAY['view'::text, 'comment'::text, 'approve'::text])))
);

ALTER TABLE ONLY public.shortlist_shares FORCE ROW LEVEL SECURITY;

CREATE TABLE public.shortlists (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    brief_id uuid,
    notes text,
    archived_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL
);

ALTER TABLE ONLY public.shortlists FORCE ROW LEVEL SECURITY;

CREATE TABLE public.site_events (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C",
    click_id uuid,
    counted boolean NOT NULL,
    reasons text[] DEFAULT '{}'::text[] NOT NULL,
    url_host text,
    url_path text,
    product_id text,
    value bigint,
    currency text COLLATE pg_catalog."C",
    visitor bytea,
    occurred_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    token_key bytea,
    CONSTRAINT site_events_check CHECK (((value IS NULL) = (currency IS NULL))),
    CONSTRAINT site_events_name_check CHECK ((name = ANY (ARRAY['page_view'::text, 'content_view'::text, 'add_to_cart'::text, 'begin_checkout'::text]))),
    CONSTRAINT site_events_token_key_check CHECK ((octet_length(token_key) = 32)),
    CONSTRAINT site_events_visitor_check CHECK ((octet_length(visitor) = 16))
);

ALTER TABLE ONLY public.site_events FORCE ROW LEVEL SECURITY;

CREATE TABLE public.statements (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    alert_id uuid NOT NULL,
    channel text NOT NULL COLLATE pg_catalog."C",
    text text NOT NULL,
    status text DEFAULT 'draft'::text NOT NULL COLLATE pg_catalog."C",
    written_by text NOT NULL COLLATE pg_catalog."C",
    approved_by uuid,
    approved_at timestamp with time zone,
    published_by text COLLATE pg_catalog."C",
    published_at timestamp with time zone,
    url text,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT statements_state CHECK (
CASE status
    WHEN 'draft'::text THEN ((approved_at IS NULL) AND (approved_by IS NULL) AND (published_at IS NULL))
    WHEN 'approved'::text THEN ((approved_at IS NOT NULL) AND (approved_by IS NOT NULL) AND (published_at IS NULL))
    WHEN 'published'::text THEN ((approved_at IS NOT NULL) AND (approved_by IS NOT NULL) AND (published_at IS NOT NULL))
    ELSE false
END)
);

ALTER TABLE ONLY public.statements FORCE ROW LEVEL SECURITY;

CREATE TABLE public.terms_acceptances (
    workspace_id uuid NOT NULL,
    program_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    version integer NOT NULL,
    accepted_by text NOT NULL,
    accepted_at timestamp with time zone DEFAULT public.elci_now() NOT NULL
);

ALTER TABLE ONLY public.terms_acceptances FORCE ROW LEVEL SECURITY;

CREATE TABLE public.track_keys (
    workspace_id uuid NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C",
    click_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL
);

ALTER TABLE ONLY public.track_keys FORCE ROW LEVEL SECURITY;

CREATE TABLE public.voucher_pools (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    value bigint,
    currency text COLLATE pg_catalog."C",
    rate double precision,
    expires_at timestamp with time zone,
    low_stock integer,
    recipients text[] DEFAULT '{}'::text[] NOT NULL,
    low_told_at timestamp with time zone,
    closed_at timestamp with time zone,
    created_by text NOT NULL COLLATE pg_catalog."C",
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT voucher_pools_kind_check CHECK ((kind = ANY (ARRAY['discount'::text, 'credit'::text, 'gift_card'::text, 'free_shipping'::text, 'product'::text]))),
    CONSTRAINT voucher_pools_low_stock_check CHECK ((low_stock >= 0)),
    CONSTRAINT voucher_pools_rate_check CHECK (((rate > (0)::double precision) AND (rate <= (1)::double precision))),
    CONSTRAINT voucher_pools_value_check CHECK ((value > 0)),
    CONSTRAINT voucher_pools_worth CHECK ((((value IS NULL) = (currency IS NULL)) AND ((value IS NULL) OR (rate IS NULL))))
);

ALTER TABLE ONLY public.voucher_pools FORCE ROW LEVEL SECURITY;

CREATE TABLE public.vouchers (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    pool_id uuid NOT NULL,
    code_key bytea NOT NULL,
    sealed bytea NOT NULL,
    hint text NOT NULL,
    status text DEFAULT 'free'::text NOT NULL COLLATE pg_catalog."C",
    reward_id uuid,
    reference text COLLATE pg_catalog."C",
    given_at timestamp with time zone,
    order_ref text,
    redeemed_at timestamp with time zone,
    void_reason text,
    voided_at timestamp with time zone,
    replaced_by uuid,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT vouchers_given CHECK ((((given_at IS NULL) = ((reward_id IS NULL) AND (reference IS NULL))) AND ((replaced_by IS NULL) OR (status = 'void'::text)))),
    CONSTRAINT vouchers_state CHECK (
CASE status
    WHEN 'free'::text THEN ((given_at IS NULL) AND (redeemed_at IS NULL) AND (voided_at IS NULL))
    WHEN 'given'::text THEN ((given_at IS NOT NULL) AND (redeemed_at IS NULL) AND (voided_at IS NULL))
    WHEN 'redeemed'::text THEN ((redeemed_at IS NOT NULL) AND (order_ref IS NOT NULL) AND (voided_at IS NULL))
    WHEN 'void'::text THEN ((voided_at IS NOT NULL) AND (void_reason IS NOT NULL) AND (redeemed_at IS NULL))
    ELSE false
END)
);

ALTER TABLE ONLY public.vouchers FORCE ROW LEVEL SECURITY;

CREATE TABLE public.word_lists (
    workspace_id uuid NOT NULL,
    category text NOT NULL COLLATE pg_catalog."C",
    language text NOT NULL COLLATE pg_catalog."C",
    enabled boolean NOT NULL,
    veto boolean NOT NULL,
    added text[] DEFAULT '{}'::text[] NOT NULL,
    removed text[] DEFAULT '{}'::text[] NOT NULL,
    innocent text[] DEFAULT '{}'::text[] NOT NULL,
    updated_by text NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT word_lists_language_check CHECK ((language = ANY (ARRAY['tr'::text, 'en'::text])))
);

ALTER TABLE ONLY public.word_lists FORCE ROW LEVEL SECURITY;

CREATE TABLE public.workspaces (
    id uuid NOT NULL,
    name text NOT NULL,
    currency text DEFAULT 'TRY'::text NOT NULL,
    timezone text DEFAULT 'Europe/Istanbul'::text NOT NULL,
    locale text DEFAULT 'tr'::text NOT NULL,
    cors_origins text[] DEFAULT '{}'::text[] NOT NULL,
    link_hosts text[] DEFAULT '{}'::text[] NOT NULL,
    destination_hosts text[] DEFAULT '{}'::text[] NOT NULL,
    tiers jsonb DEFAULT '{"mid": 50000, "mega": 1000000, "nano": 1000, "macro": 500000, "micro": 10000}'::jsonb NOT NULL,
    reach_rates jsonb DEFAULT '[]'::jsonb NOT NULL,
    test_share double precision DEFAULT 0.1 NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    updated_at timestamp with time zone DEFAULT public.elci_now() NOT NULL,
    CONSTRAINT workspaces_test_share_check CHECK (((test_share >= (0)::double precision) AND (test_share <= (1)::double precision)))
);

ALTER TABLE ONLY public.workspaces FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.pgqueuer ALTER COLUMN id SET DEFAULT nextval('public.pgqueuer_id_seq'::regclass);

ALTER TABLE ONLY public.pgqueuer_schedules ALTER COLUMN id SET DEFAULT nextval('public.pgqueuer_schedules_id_seq'::regclass);

ALTER TABLE ONLY public.pgqueuer_statistics ALTER COLUMN id SET DEFAULT nextval('public.pgqueuer_statistics_id_seq'::regclass);

ALTER TABLE ONLY public.account_activity
    ADD CONSTRAINT account_activity_pkey PRIMARY KEY (workspace_id, account_id);

ALTER TABLE ONLY public.account_authority
    ADD CONSTRAINT account_authority_pkey PRIMARY KEY (workspace_id, account_id);

ALTER TABLE ONLY public.account_growth
    ADD CONSTRAINT account_growth_pkey PRIMARY KEY (workspace_id, account_id);

ALTER TABLE ONLY public.address_ranges
    ADD CONSTRAINT address_ranges_pkey PRIMARY KEY (kind);

ALTER TABLE ONLY public.advocacy_report_zones
    ADD CONSTRAINT advocacy_report_zones_pkey PRIMARY KEY (workspace_id, tz);

ALTER TABLE ONLY public.advocacy_reports
    ADD CONSTRAINT advocacy_reports_pkey PRIMARY KEY (workspace_id, tz, scope);

ALTER TABLE ONLY public.advocacy_terms
    ADD CONSTRAINT advocacy_terms_pkey PRIMARY KEY (workspace_id, program_id, version);

ALTER TABLE ONLY public.advocate_deeds
    ADD CONSTRAINT advocate_deeds_once UNIQUE (workspace_id, program_id, kind, external_id);

ALTER TABLE ONLY public.advocate_deeds
    ADD CONSTRAINT advocate_deeds_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.advocate_keys
    ADD CONSTRAINT advocate_keys_pkey PRIMARY KEY (workspace_id, program_id, key);

ALTER TABLE ONLY public.advocates
    ADD CONSTRAINT advocates_partner UNIQUE (workspace_id, partner_id);

ALTER TABLE ONLY public.advocates
    ADD CONSTRAINT advocates_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);

ALTER TABLE ONLY public.alert_rules
    ADD CONSTRAINT alert_rules_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.alert_rules
    ADD CONSTRAINT alert_rules_query UNIQUE (workspace_id, query_id);

ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT alerts_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT alerts_spike UNIQUE (workspace_id, spike_id);

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.applications
    ADD CONSTRAINT applications_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.audience_codes
    ADD CONSTRAINT audience_codes_code_key UNIQUE (workspace_id, dimension, code_folded);

ALTER TABLE ONLY public.audience_codes
    ADD CONSTRAINT audience_codes_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT audit_log_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.brand_accounts
    ADD CONSTRAINT brand_accounts_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.brand_posts
    ADD CONSTRAINT brand_posts_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.brand_snapshots
    ADD CONSTRAINT brand_snapshots_pkey PRIMARY KEY (workspace_id, account_id, as_of, source);

ALTER TABLE ONLY public.brands
    ADD CONSTRAINT brands_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.briefs
    ADD CONSTRAINT briefs_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.claim_ends
    ADD CONSTRAINT claim_ends_once PRIMARY KEY (workspace_id, claim_id);

ALTER TABLE ONLY public.claim_evidence
    ADD CONSTRAINT claim_evidence_pkey PRIMARY KEY (workspace_id, claim_id, file_id);

ALTER TABLE ONLY public.claim_notes
    ADD CONSTRAINT claim_notes_pkey PRIMARY KEY (workspace_id, claim_id);

ALTER TABLE ONLY public.claims
    ADD CONSTRAINT claims_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.click_marks
    ADD CONSTRAINT click_marks_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.click_rollups
    ADD CONSTRAINT click_rollups_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.click_rules
    ADD CONSTRAINT click_rules_pkey PRIMARY KEY (workspace_id, version);

ALTER TABLE ONLY public.click_uniques
    ADD CONSTRAINT click_uniques_pkey PRIMARY KEY (workspace_id, hour, link_id, visitor);

ALTER TABLE ONLY public.clicks
    ADD CONSTRAINT clicks_pkey PRIMARY KEY (workspace_id, clicked_at, id);

ALTER TABLE ONLY public.commissions
    ADD CONSTRAINT commissions_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.comparisons
    ADD CONSTRAINT comparisons_pkey PRIMARY KEY (workspace_id, key);

ALTER TABLE ONLY public.consent_texts
    ADD CONSTRAINT consent_texts_pkey PRIMARY KEY (workspace_id, version);

ALTER TABLE ONLY public.consents
    ADD CONSTRAINT consents_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.content_settings
    ADD CONSTRAINT content_settings_pkey PRIMARY KEY (workspace_id);

ALTER TABLE ONLY public.content_spaces
    ADD CONSTRAINT content_spaces_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.content_texts
    ADD CONSTRAINT content_texts_pkey PRIMARY KEY (workspace_id, influencer_id);

ALTER TABLE ONLY public.content_vectors
    ADD CONSTRAINT content_vectors_pkey PRIMARY KEY (workspace_id, space_id, influencer_id);

ALTER TABLE ONLY public.conversion_refs
    ADD CONSTRAINT conversion_refs_pkey PRIMARY KEY (workspace_id, shop, ref, kind);

ALTER TABLE ONLY public.conversion_reports
    ADD CONSTRAINT conversion_reports_pkey PRIMARY KEY (workspace_id, conversion_id, digest);

ALTER TABLE ONLY public.conversion_touches
    ADD CONSTRAINT conversion_touches_pkey PRIMARY KEY (workspace_id, conversion_id, n);

ALTER TABLE ONLY public.conversion_waits
    ADD CONSTRAINT conversion_waits_pkey PRIMARY KEY (workspace_id, conversion_id, evidence);

ALTER TABLE ONLY public.conversions
    ADD CONSTRAINT conversions_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.coupon_history
    ADD CONSTRAINT coupon_history_pkey PRIMARY KEY (workspace_id, coupon_id, since);

ALTER TABLE ONLY public.coupons
    ADD CONSTRAINT coupons_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.customer_keys
    ADD CONSTRAINT customer_keys_pkey PRIMARY KEY (workspace_id, key);

ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customers_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.disclosure_checks
    ADD CONSTRAINT disclosure_checks_key UNIQUE (workspace_id, watch_id, post_id);

ALTER TABLE ONLY public.disclosure_checks
    ADD CONSTRAINT disclosure_checks_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.disclosure_findings
    ADD CONSTRAINT disclosure_findings_key UNIQUE (workspace_id, check_id, rule_id, frame);

ALTER TABLE ONLY public.disclosure_findings
    ADD CONSTRAINT disclosure_findings_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.disclosure_marks
    ADD CONSTRAINT disclosure_marks_pkey PRIMARY KEY (workspace_id, influencer_id);

ALTER TABLE ONLY public.disclosure_watches
    ADD CONSTRAINT disclosure_watches_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.early_reports
    ADD CONSTRAINT early_reports_pkey PRIMARY KEY (workspace_id, shop, digest);

ALTER TABLE ONLY public.earning_marks
    ADD CONSTRAINT earning_marks_pkey PRIMARY KEY (workspace_id);

ALTER TABLE ONLY public.edge_changes
    ADD CONSTRAINT edge_changes_pkey PRIMARY KEY (workspace_id, influencer_id);

ALTER TABLE ONLY public.edge_graphs
    ADD CONSTRAINT edge_graphs_pkey PRIMARY KEY (workspace_id);

ALTER TABLE ONLY public.edge_nodes
    ADD CONSTRAINT edge_nodes_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.edges
    ADD CONSTRAINT edges_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.emv_rate_tables
    ADD CONSTRAINT emv_rate_tables_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.file_chunks
    ADD CONSTRAINT file_chunks_pkey PRIMARY KEY (workspace_id, file_id, seq);

ALTER TABLE ONLY public.files
    ADD CONSTRAINT files_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.follower_counters
    ADD CONSTRAINT follower_counters_pkey PRIMARY KEY (workspace_id);

ALTER TABLE ONLY public.follower_samples
    ADD CONSTRAINT follower_samples_key UNIQUE (workspace_id, account_id, as_of, source);

ALTER TABLE ONLY public.follower_samples
    ADD CONSTRAINT follower_samples_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.follower_sets
    ADD CONSTRAINT follower_sets_pkey PRIMARY KEY (workspace_id, account_id, of);

ALTER TABLE ONLY public.follower_tombstones
    ADD CONSTRAINT follower_tombstones_pkey PRIMARY KEY (workspace_id, platform, id_hash);

ALTER TABLE ONLY public.followers
    ADD CONSTRAINT followers_pkey PRIMARY KEY (workspace_id, platform, id_hash);

ALTER TABLE ONLY public.fx_rates
    ADD CONSTRAINT fx_rates_pkey PRIMARY KEY (workspace_id, base, quote, day);

ALTER TABLE ONLY public.graph_arrays
    ADD CONSTRAINT graph_arrays_pkey PRIMARY KEY (workspace_id, graph_id, version, name, part);

ALTER TABLE ONLY public.graph_chunks
    ADD CONSTRAINT graph_chunks_pkey PRIMARY KEY (workspace_id, upload_id, "position");

ALTER TABLE ONLY public.graph_columns
    ADD CONSTRAINT graph_columns_pkey PRIMARY KEY (workspace_id, result_id, name);

ALTER TABLE ONLY public.graph_results
    ADD CONSTRAINT graph_results_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.graph_uploads
    ADD CONSTRAINT graph_uploads_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.graphs
    ADD CONSTRAINT graphs_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.idempotency_keys
    ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (workspace_id, digest);

ALTER TABLE ONLY public.import_chunks
    ADD CONSTRAINT import_chunks_pkey PRIMARY KEY (workspace_id, import_id, "position");

ALTER TABLE ONLY public.import_rejects
    ADD CONSTRAINT import_rejects_pkey PRIMARY KEY (workspace_id, import_id, "position");

ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.inbound_deliveries
    ADD CONSTRAINT inbound_deliveries_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.influencer_accounts
    ADD CONSTRAINT influencer_accounts_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.influencer_audiences
    ADD CONSTRAINT influencer_audiences_pkey PRIMARY KEY (workspace_id, account_id, as_of, source);

ALTER TABLE ONLY public.influencer_contacts
    ADD CONSTRAINT influencer_contacts_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.influencer_deletions
    ADD CONSTRAINT influencer_deletions_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.influencer_merges
    ADD CONSTRAINT influencer_merges_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.influencer_names
    ADD CONSTRAINT influencer_names_pkey PRIMARY KEY (workspace_id, influencer_id);

ALTER TABLE ONLY public.influencer_posts
    ADD CONSTRAINT influencer_posts_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.influencer_rates
    ADD CONSTRAINT influencer_rates_key UNIQUE (workspace_id, influencer_id, platform, format, currency, source, valid_from);

ALTER TABLE ONLY public.influencer_rates
    ADD CONSTRAINT influencer_rates_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.influencer_search
    ADD CONSTRAINT influencer_search_pkey PRIMARY KEY (workspace_id, influencer_id, account_id);

ALTER TABLE ONLY public.influencer_snapshots
    ADD CONSTRAINT influencer_snapshots_pkey PRIMARY KEY (workspace_id, account_id, as_of, source);

ALTER TABLE ONLY public.influencer_tombstones
    ADD CONSTRAINT influencer_tombstones_pkey PRIMARY KEY (workspace_id, mark);

ALTER TABLE ONLY public.influencers
    ADD CONSTRAINT influencers_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.integration_secrets
    ADD CONSTRAINT integration_secrets_pkey PRIMARY KEY (workspace_id, integration_id, id);

ALTER TABLE ONLY public.integrations
    ADD CONSTRAINT integrations_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.join_pages
    ADD CONSTRAINT join_pages_pkey PRIMARY KEY (workspace_id, program_id);

ALTER TABLE ONLY public.join_requests
    ADD CONSTRAINT join_requests_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.ledger_accounts
    ADD CONSTRAINT ledger_accounts_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.ledger_entries
    ADD CONSTRAINT ledger_entries_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.ledger_postings
    ADD CONSTRAINT ledger_postings_pkey PRIMARY KEY (workspace_id, entry_id, n);

ALTER TABLE ONLY public.links
    ADD CONSTRAINT links_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.listening_events
    ADD CONSTRAINT listening_events_key UNIQUE (workspace_id, key, starts_at);

ALTER TABLE ONLY public.listening_events
    ADD CONSTRAINT listening_events_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.listening_queries
    ADD CONSTRAINT listening_queries_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.members
    ADD CONSTRAINT members_once PRIMARY KEY (workspace_id, person_id);

ALTER TABLE ONLY public.mention_fetches
    ADD CONSTRAINT mention_fetches_pkey PRIMARY KEY (workspace_id, source_id, media_id, comment_id);

ALTER TABLE ONLY public.mention_matches
    ADD CONSTRAINT mention_matches_pkey PRIMARY KEY (workspace_id, query_id, published_at, mention_id);

ALTER TABLE ONLY public.mention_search
    ADD CONSTRAINT mention_search_pkey PRIMARY KEY (workspace_id, mention_id);

ALTER TABLE ONLY public.mention_sources
    ADD CONSTRAINT mention_sources_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.mention_spikes
    ADD CONSTRAINT mention_spikes_key UNIQUE (workspace_id, query_id, opened_at);

ALTER TABLE ONLY public.mention_spikes
    ADD CONSTRAINT mention_spikes_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.mentions
    ADD CONSTRAINT mentions_key UNIQUE (workspace_id, key);

ALTER TABLE ONLY public.mentions
    ADD CONSTRAINT mentions_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.model_pointers
    ADD CONSTRAINT model_pointers_pkey PRIMARY KEY (workspace_id, kind);

ALTER TABLE ONLY public.models
    ADD CONSTRAINT models_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.notice_optouts
    ADD CONSTRAINT notice_optouts_pkey PRIMARY KEY (workspace_id, address, notice);

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_pkey PRIMARY KEY (workspace_id, notice, subject, key);

ALTER TABLE ONLY public.nps_answers
    ADD CONSTRAINT nps_answers_pkey PRIMARY KEY (workspace_id, invite_id);

ALTER TABLE ONLY public.nps_invites
    ADD CONSTRAINT nps_invites_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.nps_surveys
    ADD CONSTRAINT nps_surveys_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.obligation_sums
    ADD CONSTRAINT obligation_sums_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.outcomes
    ADD CONSTRAINT outcomes_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.partner_click_hours
    ADD CONSTRAINT partner_click_hours_pkey PRIMARY KEY (workspace_id, partner_id, dimension, starts_at, value) INCLUDE (gross, net, uniques);

ALTER TABLE ONLY public.partner_click_rollups
    ADD CONSTRAINT partner_click_rollups_pkey PRIMARY KEY (workspace_id, partner_id, starts_at);

ALTER TABLE ONLY public.partner_codes
    ADD CONSTRAINT partner_codes_pkey PRIMARY KEY (address);

ALTER TABLE ONLY public.partner_external_ids
    ADD CONSTRAINT partner_external_ids_pkey PRIMARY KEY (workspace_id, program_id, external_id);

ALTER TABLE ONLY public.partner_history
    ADD CONSTRAINT partner_history_pkey PRIMARY KEY (workspace_id, partner_id, since);

ALTER TABLE ONLY public.partner_invitations
    ADD CONSTRAINT partner_invitations_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.partner_preferences
    ADD CONSTRAINT partner_preferences_pkey PRIMARY KEY (workspace_id, partner_id);

ALTER TABLE ONLY public.partner_sessions
    ADD CONSTRAINT partner_sessions_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.partner_users
    ADD CONSTRAINT partner_users_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.partners
    ADD CONSTRAINT partners_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.payout_accounts
    ADD CONSTRAINT payout_accounts_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.payout_items
    ADD CONSTRAINT payout_items_pkey PRIMARY KEY (workspace_id, payout_id, commission_id);

ALTER TABLE ONLY public.payout_runs
    ADD CONSTRAINT payout_runs_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.payout_skips
    ADD CONSTRAINT payout_skips_pkey PRIMARY KEY (workspace_id, run_id, partner_id, currency);

ALTER TABLE ONLY public.payouts
    ADD CONSTRAINT payouts_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_email UNIQUE (email_key);

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.personas
    ADD CONSTRAINT personas_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.pgqueuer_log
    ADD CONSTRAINT pgqueuer_log_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.pgqueuer
    ADD CONSTRAINT pgqueuer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.pgqueuer_schedules
    ADD CONSTRAINT pgqueuer_schedules_expression_entrypoint_key UNIQUE (expression, entrypoint);

ALTER TABLE ONLY public.pgqueuer_schedules
    ADD CONSTRAINT pgqueuer_schedules_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.pgqueuer_statistics
    ADD CONSTRAINT pgqueuer_statistics_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.postback_deliveries
    ADD CONSTRAINT postback_deliveries_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.postback_told
    ADD CONSTRAINT postback_told_pkey PRIMARY KEY (workspace_id, partner_id, subject_id);

ALTER TABLE ONLY public.postbacks
    ADD CONSTRAINT postbacks_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.program_history
    ADD CONSTRAINT program_history_pkey PRIMARY KEY (workspace_id, program_id, since);

ALTER TABLE ONLY public.program_terms
    ADD CONSTRAINT program_terms_pkey PRIMARY KEY (workspace_id, program_id, version);

ALTER TABLE ONLY public.programs
    ADD CONSTRAINT programs_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.promotion_codes
    ADD CONSTRAINT promotion_codes_pkey PRIMARY KEY (workspace_id, integration_id, id);

ALTER TABLE ONLY public.rate_limits
    ADD CONSTRAINT rate_limits_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.reach_answers
    ADD CONSTRAINT reach_answers_pkey PRIMARY KEY (workspace_id, shortlist_id, key);

ALTER TABLE ONLY public.reach_plan_members
    ADD CONSTRAINT reach_plan_members_pkey PRIMARY KEY (workspace_id, plan_id, influencer_id);

ALTER TABLE ONLY public.reach_plans
    ADD CONSTRAINT reach_plans_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.redemptions
    ADD CONSTRAINT redemptions_once UNIQUE (workspace_id, advocate_id, external_id);

ALTER TABLE ONLY public.redemptions
    ADD CONSTRAINT redemptions_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.referral_changes
    ADD CONSTRAINT referral_changes_pkey PRIMARY KEY (workspace_id, program_id, id);

ALTER TABLE ONLY public.referral_checks
    ADD CONSTRAINT referral_checks_pkey PRIMARY KEY (workspace_id, program_id);

ALTER TABLE ONLY public.referral_evidence
    ADD CONSTRAINT referral_evidence_pkey PRIMARY KEY (workspace_id, referral_id);

ALTER TABLE ONLY public.referral_forests
    ADD CONSTRAINT referral_forests_pkey PRIMARY KEY (workspace_id, program_id);

ALTER TABLE ONLY public.referral_keys
    ADD CONSTRAINT referral_keys_pkey PRIMARY KEY (workspace_id, program_id, key);

ALTER TABLE ONLY public.referral_marks
    ADD CONSTRAINT referral_marks_pkey PRIMARY KEY (workspace_id, key, kind, value);

ALTER TABLE ONLY public.referral_nodes
    ADD CONSTRAINT referral_nodes_pkey PRIMARY KEY (workspace_id, advocate_id);

ALTER TABLE ONLY public.referral_parts
    ADD CONSTRAINT referral_parts_pkey PRIMARY KEY (workspace_id, referral_id);

ALTER TABLE ONLY public.referrals
    ADD CONSTRAINT referrals_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.refunds
    ADD CONSTRAINT refunds_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.reported_totals
    ADD CONSTRAINT reported_totals_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.review_decisions
    ADD CONSTRAINT review_decisions_pkey PRIMARY KEY (workspace_id, hold_id, n);

ALTER TABLE ONLY public.review_findings
    ADD CONSTRAINT review_findings_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.review_flags
    ADD CONSTRAINT review_flags_pkey PRIMARY KEY (workspace_id, conversion_id, hold_id);

ALTER TABLE ONLY public.review_keys
    ADD CONSTRAINT review_keys_pkey PRIMARY KEY (workspace_id, key, review_id);

ALTER TABLE ONLY public.review_rules
    ADD CONSTRAINT review_rules_pkey PRIMARY KEY (workspace_id, version);

ALTER TABLE ONLY public.review_settings
    ADD CONSTRAINT review_settings_pkey PRIMARY KEY (workspace_id);

ALTER TABLE ONLY public.review_visits
    ADD CONSTRAINT review_visits_pkey PRIMARY KEY (workspace_id, conversion_id, partner_id);

ALTER TABLE ONLY public.reviews
    ADD CONSTRAINT reviews_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.reward_sums
    ADD CONSTRAINT reward_sums_pkey PRIMARY KEY (workspace_id, program_id, unit);

ALTER TABLE ONLY public.rewards
    ADD CONSTRAINT rewards_once UNIQUE (workspace_id, program_id, cause);

ALTER TABLE ONLY public.rewards
    ADD CONSTRAINT rewards_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.salts
    ADD CONSTRAINT salts_pkey PRIMARY KEY (day);

ALTER TABLE ONLY public.saved_searches
    ADD CONSTRAINT saved_searches_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.score_contexts
    ADD CONSTRAINT score_contexts_pkey PRIMARY KEY (workspace_id, run_id);

ALTER TABLE ONLY public.score_records
    ADD CONSTRAINT score_records_pkey PRIMARY KEY (workspace_id, influencer_id, run_id);

ALTER TABLE ONLY public.score_runs
    ADD CONSTRAINT score_runs_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.shortlist_comments
    ADD CONSTRAINT shortlist_comments_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.shortlist_items
    ADD CONSTRAINT shortlist_items_pkey PRIMARY KEY (workspace_id, shortlist_id, influencer_id);

ALTER TABLE ONLY public.shortlist_shares
    ADD CONSTRAINT shortlist_shares_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.shortlists
    ADD CONSTRAINT shortlists_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.site_events
    ADD CONSTRAINT site_events_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.statements
    ADD CONSTRAINT statements_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.terms_acceptances
    ADD CONSTRAINT terms_acceptances_pkey PRIMARY KEY (workspace_id, program_id, partner_id, version);

ALTER TABLE ONLY public.track_keys
    ADD CONSTRAINT track_keys_pkey PRIMARY KEY (workspace_id, key);

ALTER TABLE ONLY public.voucher_pools
    ADD CONSTRAINT voucher_pools_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.vouchers
    ADD CONSTRAINT vouchers_code UNIQUE (workspace_id, code_key);

ALTER TABLE ONLY public.vouchers
    ADD CONSTRAINT vouchers_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.word_lists
    ADD CONSTRAINT word_lists_pkey PRIMARY KEY (workspace_id, category, language);

ALTER TABLE ONLY public.workspaces
    ADD CONSTRAINT workspaces_pkey PRIMARY KEY (id);

CREATE INDEX advocate_deeds_advocate ON public.advocate_deeds USING btree (workspace_id, advocate_id, id);

CREATE INDEX advocate_keys_advocate ON public.advocate_keys USING btree (workspace_id, advocate_id);

CREATE INDEX advocate_keys_key ON public.advocate_keys USING btree (workspace_id, key);

CREATE INDEX advocates_program ON public.advocates USING btree (workspace_id, program_id, id);

CREATE INDEX advocates_referral ON public.advocates USING btree (workspace_id, referral_id) WHERE (referral_id IS NOT NULL);

CREATE INDEX advocates_updated ON public.advocates USING btree (workspace_id, updated_at);

CREATE INDEX advocates_waiting ON public.advocates USING btree (workspace_id, partner_id) WHERE (join_on IS NOT NULL);

CREATE INDEX alerts_by_change ON public.alerts USING btree (workspace_id, updated_at);

CREATE INDEX alerts_of_query ON public.alerts USING btree (workspace_id, query_id, id);

CREATE INDEX api_keys_partner ON public.api_keys USING btree (workspace_id, partner_id, id) WHERE (partner_id IS NOT NULL);

CREATE INDEX api_keys_prefix ON public.api_keys USING btree (prefix);

CREATE INDEX applications_email ON public.applications USING btree (workspace_id, email_key);

CREATE UNIQUE INDEX applications_open ON public.applications USING btree (workspace_id, program_id, email_key) WHERE (status = 'open'::text);

CREATE INDEX applications_partner ON public.applications USING btree (workspace_id, partner_id) WHERE (partner_id IS NOT NULL);

CREATE INDEX applications_program ON public.applications USING btree (workspace_id, program_id, status, id);

CREATE INDEX audit_log_actor ON public.audit_log USING btree (workspace_id, actor, created_at, id);

CREATE INDEX audit_log_subject ON public.audit_log USING btree (workspace_id, subject, created_at, id);

CREATE INDEX audit_log_time ON public.audit_log USING btree (workspace_id, created_at, id);

CREATE UNIQUE INDEX brand_accounts_handle_key ON public.brand_accounts USING btree (workspace_id, platform, handle_folded) WHERE (handle_folded IS NOT NULL);

CREATE INDEX brand_accounts_of ON public.brand_accounts USING btree (workspace_id, brand_id);

CREATE UNIQUE INDEX brand_accounts_platform_id_key ON public.brand_accounts USING btree (workspace_id, platform, platform_id) WHERE (platform_id IS NOT NULL);

CREATE UNIQUE INDEX brand_posts_key ON public.brand_posts USING btree (workspace_id, account_id, post_key);

CREATE INDEX brand_posts_newest ON public.brand_posts USING btree (workspace_id, account_id, published_at DESC, id DESC);

CREATE INDEX brands_named ON public.brands USING btree (workspace_id, name_folded);

CREATE INDEX briefs_brand ON public.briefs USING btree (workspace_id, brand_id, id) WHERE (brand_id IS NOT NULL);

CREATE INDEX claim_evidence_file ON public.claim_evidence USING btree (workspace_id, file_id);

CREATE INDEX claims_of_partner ON public.claims USING btree (workspace_id, partner_id, id);

CREATE INDEX claims_open ON public.claims USING btree (workspace_id, id) WHERE (status = 'open'::text);

CREATE UNIQUE INDEX claims_order ON public.claims USING btree (workspace_id, partner_id, shop, order_key) WHERE ((kind = 'untracked_sale'::text) AND (status <> 'withdrawn'::text));

CREATE UNIQUE INDEX claims_question ON public.claims USING btree (workspace_id, partner_id, commission_id) WHERE ((kind = 'question'::text) AND (status = 'open'::text));

CREATE INDEX claims_same_order ON public.claims USING btree (workspace_id, order_key) WHERE (order_key IS NOT NULL);

CREATE UNIQUE INDEX click_rollups_link ON public.click_rollups USING btree (workspace_id, link_id, dimension, starts_at, value, partner_id, campaign_id) NULLS NOT DISTINCT;

CREATE INDEX click_rollups_partner ON public.click_rollups USING btree (workspace_id, partner_id, dimension, starts_at) INCLUDE (gross, net, uniques) WHERE (partner_id IS NOT NULL);

CREATE INDEX click_rollups_time ON public.click_rollups USING btree (workspace_id, starts_at, dimension);

CREATE INDEX clicks_of_link ON ONLY public.clicks USING btree (workspace_id, link_id, clicked_at, id);

CREATE INDEX clicks_of_visitor ON ONLY public.clicks USING btree (workspace_id, visitor, clicked_at) WHERE (visitor IS NOT NULL);

CREATE INDEX clicks_visitor ON ONLY public.clicks USING btree (workspace_id, visitor, clicked_at) WHERE (visitor IS NOT NULL);

CREATE INDEX commissions_corrects ON public.commissions USING btree (workspace_id, corrects) WHERE (corrects IS NOT NULL);

CREATE INDEX commissions_coupon ON public.commissions USING btree (workspace_id, coupon_id, id) WHERE (coupon_id IS NOT NULL);

CREATE INDEX commissions_due ON public.commissions USING btree (workspace_id, due_at) WHERE (status = 'pending'::text);

CREATE UNIQUE INDEX commissions_key ON public.commissions USING btree (workspace_id, conversion_id, partner_id, key, currency, n) NULLS NOT DISTINCT;

CREATE INDEX commissions_link ON public.commissions USING btree (workspace_id, link_id, id) WHERE (link_id IS NOT NULL);

CREATE INDEX commissions_of_partner ON public.commissions USING btree (workspace_id, partner_id, id);

CREATE INDEX commissions_paid_at ON public.commissions USING btree (workspace_id, partner_id, paid_at) WHERE (paid_at IS NOT NULL);

CREATE INDEX commissions_partner ON public.commissions USING btree (workspace_id, partner_id, occurred_at, id);

CREATE INDEX commissions_payable ON public.commissions USING btree (workspace_id, partner_id) WHERE (status = 'payable'::text);

CREATE INDEX commissions_payable_at ON public.commissions USING btree (workspace_id, partner_id, payable_at) WHERE (payable_at IS NOT NULL);

CREATE INDEX commissions_status ON public.commissions USING btree (workspace_id, status, id) WHERE (status = ANY (ARRAY['on_hold'::text, 'rejected'::text, 'reversed'::text]));

CREATE INDEX commissions_unconverted ON public.commissions USING btree (workspace_id, currency) WHERE (rule ? 'unconverted'::text);

CREATE INDEX commissions_updated ON public.commissions USING btree (workspace_id, updated_at);

CREATE INDEX comparisons_time ON public.comparisons USING btree (workspace_id, created_at);

CREATE UNIQUE INDEX consents_address ON public.consents USING btree (workspace_id, channel, address_key, occurred_at DESC, status DESC, recipient_type);

CREATE INDEX consents_key ON public.consents USING btree (workspace_id, address_key);

CREATE INDEX consents_person ON public.consents USING btree (workspace_id, person_key) WHERE (person_key IS NOT NULL);

CREATE INDEX content_texts_hit ON public.content_texts USING btree (workspace_id, influencer_id) WHERE (safety <> '{}'::text[]);

CREATE INDEX content_vectors_of ON public.content_vectors USING btree (workspace_id, influencer_id);

CREATE INDEX conversion_refs_conversion ON public.conversion_refs USING btree (workspace_id, conversion_id);

CREATE INDEX conversion_touches_coupon ON public.conversion_touches USING btree (workspace_id, coupon_id) WHERE (coupon_id IS NOT NULL);

CREATE INDEX conversion_touches_paid ON public.conversion_touches USING btree (workspace_id, partner_id, conversion_id) WHERE ((share > (0)::numeric) AND (partner_id IS NOT NULL));

CREATE INDEX conversion_touches_partner ON public.conversion_touches USING btree (workspace_id, partner_id, at) WHERE (partner_id IS NOT NULL);

CREATE INDEX conversion_touches_sold ON public.conversion_touches USING btree (workspace_id, partner_id, occurred_at) WHERE (share > (0)::numeric);

CREATE INDEX conversions_changed ON public.conversions USING btree (workspace_id, GREATEST(updated_at, settled_at));

CREATE INDEX conversions_customer ON public.conversions USING btree (workspace_id, customer_id, occurred_at) WHERE (customer_id IS NOT NULL);

CREATE INDEX conversions_partner ON public.conversions USING btree (workspace_id, partner_id, occurred_at, id) WHERE (partner_id IS NOT NULL);

CREATE INDEX conversions_time ON public.conversions USING btree (workspace_id, occurred_at, id);

CREATE UNIQUE INDEX coupons_code ON public.coupons USING btree (workspace_id, folded) WHERE (archived_at IS NULL);

CREATE INDEX coupons_link ON public.coupons USING btree (workspace_id, link_id) WHERE (link_id IS NOT NULL);

CREATE INDEX coupons_partner ON public.coupons USING btree (workspace_id, partner_id, id) WHERE (partner_id IS NOT NULL);

CREATE INDEX customer_keys_customer ON public.customer_keys USING btree (workspace_id, customer_id);

CREATE INDEX disclosure_checks_post ON public.disclosure_checks USING btree (workspace_id, post_id);

CREATE INDEX disclosure_watches_influencer ON public.disclosure_watches USING btree (workspace_id, influencer_id) WHERE (influencer_id IS NOT NULL);

CREATE INDEX early_reports_refs ON public.early_reports USING gin (refs);

CREATE UNIQUE INDEX edge_nodes_account ON public.edge_nodes USING btree (workspace_id, account_id) WHERE (account_id IS NOT NULL);

CREATE UNIQUE INDEX edge_nodes_handle ON public.edge_nodes USING btree (workspace_id, platform, handle_folded) WHERE (handle_folded IS NOT NULL);

CREATE UNIQUE INDEX edges_key ON public.edges USING btree (workspace_id, dst, src, kind, at, source, post_id) NULLS NOT DISTINCT;

CREATE INDEX edges_out ON public.edges USING btree (workspace_id, src);

CREATE INDEX edges_post ON public.edges USING btree (workspace_id, post_id) WHERE (post_id IS NOT NULL);

CREATE UNIQUE INDEX emv_rate_tables_version ON public.emv_rate_tables USING btree (workspace_id, lower(name), version);

CREATE INDEX files_incomplete ON public.files USING btree (workspace_id, created_at) WHERE (completed_at IS NULL);

CREATE INDEX follower_samples_latest ON public.follower_samples USING btree (workspace_id, account_id) WHERE latest;

CREATE INDEX followers_linked ON public.followers USING btree (workspace_id, ordinal, platform) WHERE linked;

CREATE UNIQUE INDEX graph_results_key ON public.graph_results USING btree (workspace_id, graph_id, version, operation, params_hash);

CREATE INDEX graph_uploads_graph ON public.graph_uploads USING btree (workspace_id, graph_id);

CREATE INDEX idempotency_keys_expired ON public.idempotency_keys USING btree (expires_at);

CREATE INDEX imports_arriving ON public.imports USING btree (created_at) WHERE (job_id IS NULL);

CREATE INDEX imports_same_bytes ON public.imports USING btree (workspace_id, sha256, first_seen_at) WHERE (sha256 IS NOT NULL);

CREATE INDEX inbound_deliveries_age ON public.inbound_deliveries USING btree (received_at);

CREATE UNIQUE INDEX inbound_deliveries_digest ON public.inbound_deliveries USING btree (workspace_id, integration_id, digest);

CREATE INDEX inbound_deliveries_integration ON public.inbound_deliveries USING btree (workspace_id, integration_id, id);

CREATE INDEX inbound_deliveries_kept ON public.inbound_deliveries USING btree (received_at) WHERE (headers IS NOT NULL);

CREATE INDEX inbound_deliveries_open ON public.inbound_deliveries USING btree (workspace_id, integration_id, status, id) WHERE (status = ANY (ARRAY['needs_fetch'::text, 'quarantined'::text, 'failed'::text]));

CREATE INDEX inbound_deliveries_people ON public.inbound_deliveries USING gin (people) WHERE (people <> '{}'::bytea[]);

CREATE INDEX inbound_deliveries_waiting ON public.inbound_deliveries USING btree (workspace_id, due_at, id) WHERE (status = 'received'::text);

CREATE UNIQUE INDEX influencer_accounts_handle_key ON public.influencer_accounts USING btree (workspace_id, platform, handle_folded) WHERE (handle_folded IS NOT NULL);

CREATE UNIQUE INDEX influencer_accounts_name_key ON public.influencer_accounts USING btree (workspace_id, platform, source, name_folded) WHERE ((platform_id IS NULL) AND (handle_folded IS NULL));

CREATE INDEX influencer_accounts_of ON public.influencer_accounts USING btree (workspace_id, influencer_id);

CREATE UNIQUE INDEX influencer_accounts_platform_id_key ON public.influencer_accounts USING btree (workspace_id, platform, platform_id) WHERE (platform_id IS NOT NULL);

CREATE UNIQUE INDEX influencer_audiences_latest ON public.influencer_audiences USING btree (workspace_id, account_id) WHERE latest;

CREATE INDEX influencer_contacts_of ON public.influencer_contacts USING btree (workspace_id, influencer_id);

CREATE INDEX influencer_merges_of ON public.influencer_merges USING btree (workspace_id, kept_id);

CREATE INDEX influencer_names_trigrams ON public.influencer_names USING gin (trigrams);

CREATE UNIQUE INDEX influencer_posts_key ON public.influencer_posts USING btree (workspace_id, account_id, post_key);

CREATE INDEX influencer_posts_newest ON public.influencer_posts USING btree (workspace_id, account_id, published_at DESC, id DESC);

CREATE INDEX influencer_search_avg_views ON public.influencer_search USING btree (workspace_id, avg_views, account_id);

CREATE INDEX influencer_search_cost ON public.influencer_search USING btree (workspace_id, cost_per_1000_views, account_id);

CREATE INDEX influencer_search_country ON public.influencer_search USING btree (workspace_id, country);

CREATE INDEX influencer_search_engagement_rate ON public.influencer_search USING btree (workspace_id, engagement_rate, account_id);

CREATE INDEX influencer_search_followers ON public.influencer_search USING btree (workspace_id, followers, account_id);

CREATE INDEX influencer_search_growth ON public.influencer_search USING btree (workspace_id, growth, account_id);

CREATE INDEX influencer_search_labels ON public.influencer_search USING gin (labels);

CREATE INDEX influencer_search_last_post ON public.influencer_search USING btree (workspace_id, last_post_at) WHERE (last_post_at IS NOT NULL);

CREATE INDEX influencer_search_name ON public.influencer_search USING btree (workspace_id, name_key, account_id);

CREATE INDEX influencer_search_name_tokens ON public.influencer_search USING gin (name_tokens);

CREATE INDEX influencer_search_platform ON public.influencer_search USING btree (workspace_id, platform);

CREATE INDEX influencer_search_post_tokens ON public.influencer_search USING gin (post_tokens) WHERE (post_tokens IS NOT NULL);

CREATE INDEX influencer_search_price ON public.influencer_search USING btree (workspace_id, price) WHERE (price IS NOT NULL);

CREATE INDEX influencer_search_shuffle ON public.influencer_search USING btree (workspace_id, shuffle);

CREATE INDEX influencer_search_tokens ON public.influencer_search USING gin (tokens);

CREATE INDEX influencer_search_verified ON public.influencer_search USING btree (workspace_id, followers, account_id) WHERE verified;

CREATE INDEX influencer_tombstones_of ON public.influencer_tombstones USING btree (workspace_id, influencer_id) WHERE (influencer_id IS NOT NULL);

CREATE INDEX influencers_merged ON public.influencers USING btree (workspace_id, merged_into) WHERE (merged_into IS NOT NULL);

CREATE INDEX influencers_updated ON public.influencers USING btree (workspace_id, updated_at, id);

CREATE UNIQUE INDEX integrations_token ON public.integrations USING btree (token_digest);

CREATE UNIQUE INDEX invitations_open ON public.invitations USING btree (workspace_id, email_key) WHERE ((accepted_at IS NULL) AND (revoked_at IS NULL));

CREATE INDEX invitations_token ON public.invitations USING btree (token_hash);

CREATE INDEX jobs_by_kind ON public.jobs USING btree (workspace_id, kind, id);

CREATE UNIQUE INDEX jobs_dedupe ON public.jobs USING btree (workspace_id, kind, dedupe) WHERE ((status = 'queued'::text) AND (dedupe IS NOT NULL));

CREATE INDEX jobs_finished ON public.jobs USING btree (finished_at) WHERE (finished_at IS NOT NULL);

CREATE INDEX jobs_open ON public.jobs USING btree (status) WHERE (status = ANY (ARRAY['queued'::text, 'running'::text]));

CREATE INDEX join_pages_token ON public.join_pages USING btree (token);

CREATE INDEX join_requests_address ON public.join_requests USING btree (workspace_id, address_key);

CREATE INDEX join_requests_over ON public.join_requests USING btree (workspace_id, expires_at);

CREATE UNIQUE INDEX ledger_accounts_of ON public.ledger_accounts USING btree (workspace_id, partner_id, kind, currency);

CREATE INDEX ledger_entries_commission ON public.ledger_entries USING btree (workspace_id, commission_id, id) WHERE (commission_id IS NOT NULL);

CREATE UNIQUE INDEX ledger_entries_key ON public.ledger_entries USING btree (workspace_id, key);

CREATE INDEX ledger_entries_partner ON public.ledger_entries USING btree (workspace_id, partner_id, id);

CREATE INDEX ledger_postings_account ON public.ledger_postings USING btree (workspace_id, account_id);

CREATE INDEX ledger_postings_commission ON public.ledger_postings USING btree (workspace_id, commission_id) WHERE (commission_id IS NOT NULL);

CREATE INDEX links_campaign ON public.links USING btree (workspace_id, campaign_id, id) WHERE (campaign_id IS NOT NULL);

CREATE UNIQUE INDEX links_code ON public.links USING btree (COALESCE(host, ''::text), code);

CREATE INDEX links_coupon ON public.links USING btree (workspace_id, coupon_id) WHERE (coupon_id IS NOT NULL);

CREATE UNIQUE INDEX links_external ON public.links USING btree (workspace_id, external_id) WHERE (external_id IS NOT NULL);

CREATE INDEX links_host ON public.links USING btree (host) WHERE (host IS NOT NULL);

CREATE UNIQUE INDEX links_key ON public.links USING btree (workspace_id, key) WHERE (key IS NOT NULL);

CREATE INDEX links_partner ON public.links USING btree (workspace_id, partner_id, id) WHERE (partner_id IS NOT NULL);

CREATE UNIQUE INDEX links_via_name ON public.links USING btree (workspace_id, via) WHERE (via IS NOT NULL);

CREATE INDEX listening_events_by_time ON public.listening_events USING btree (workspace_id, starts_at, id);

CREATE UNIQUE INDEX listening_queries_name ON public.listening_queries USING btree (workspace_id, lower(name)) WHERE (status <> 'archived'::text);

CREATE INDEX listening_queries_of_brand ON public.listening_queries USING btree (workspace_id, brand_id) WHERE (brand_id IS NOT NULL);

CREATE INDEX members_person ON public.members USING btree (person_id);

CREATE INDEX mention_fetches_due ON public.mention_fetches USING btree (workspace_id, due_at) WHERE (status = 'waiting'::text);

CREATE INDEX mention_fetches_ended ON public.mention_fetches USING btree (ended_at) WHERE (ended_at IS NOT NULL);

CREATE INDEX mention_matches_of_mention ON public.mention_matches USING btree (workspace_id, mention_id);

CREATE INDEX mention_search_figures ON public.mention_search USING btree (workspace_id, published_at, mention_id) INCLUDE (platform, language, country, label, by_hand, text_kind, author_key, influencer_id, followers, reach, engagement, stars);

CREATE INDEX mention_search_of_author ON public.mention_search USING btree (workspace_id, author_folded, published_at) WHERE (author_folded IS NOT NULL);

CREATE INDEX mention_search_tokens ON public.mention_search USING gin (tokens) WITH (fastupdate=off);

CREATE INDEX mention_sources_due ON public.mention_sources USING btree (workspace_id, due_at) WHERE ((due_at IS NOT NULL) AND (NOT paused) AND (archived_at IS NULL));

CREATE UNIQUE INDEX mention_sources_integration ON public.mention_sources USING btree (workspace_id, integration_id) WHERE (integration_id IS NOT NULL);

CREATE UNIQUE INDEX mention_sources_url ON public.mention_sources USING btree (workspace_id, url) WHERE ((url IS NOT NULL) AND (archived_at IS NULL));

CREATE UNIQUE INDEX mention_spikes_on ON public.mention_spikes USING btree (workspace_id, query_id) WHERE (ended_at IS NULL);

CREATE INDEX mentions_assigned ON public.mentions USING btree (workspace_id, published_at, id) WHERE (status = 'assigned'::text);

CREATE INDEX mentions_by_time ON public.mentions USING btree (workspace_id, published_at, id);

CREATE INDEX mentions_handled ON public.mentions USING btree (workspace_id, published_at) WHERE ((assigned_at IS NOT NULL) OR (answered_at IS NOT NULL));

CREATE INDEX mentions_of_author ON public.mentions USING btree (workspace_id, author_key, published_at) WHERE (author_key IS NOT NULL);

CREATE INDEX mentions_of_influencer ON public.mentions USING btree (workspace_id, influencer_id, published_at) WHERE (influencer_id IS NOT NULL);

CREATE INDEX mentions_waiting ON public.mentions USING btree (workspace_id, status, assignee, published_at) WHERE (status = ANY (ARRAY['assigned'::text, 'answered'::text]));

CREATE INDEX notices_partner ON public.notices USING btree (workspace_id, partner_id) WHERE (partner_id IS NOT NULL);

CREATE INDEX notices_waiting ON public.notices USING btree (workspace_id, created_at) WHERE (state = 'waiting'::text);

CREATE INDEX nps_answers_time ON public.nps_answers USING btree (workspace_id, survey_id, answered_at, invite_id);

CREATE UNIQUE INDEX nps_invites_address ON public.nps_invites USING btree (workspace_id, address_key, survey_id) WHERE (address_key IS NOT NULL);

CREATE UNIQUE INDEX nps_invites_person ON public.nps_invites USING btree (workspace_id, person_key, survey_id) WHERE (person_key IS NOT NULL);

CREATE INDEX nps_invites_survey ON public.nps_invites USING btree (workspace_id, survey_id, created_at);

CREATE INDEX obligation_sums_of_days ON public.obligation_sums USING btree (workspace_id, program_id, earned_on, due_on);

CREATE INDEX outbox_finished ON public.outbox USING btree (finished_at) WHERE (finished_at IS NOT NULL);

CREATE INDEX outbox_subject ON public.outbox USING btree (workspace_id, subject) WHERE (subject IS NOT NULL);

CREATE INDEX outbox_waiting ON public.outbox USING btree (topic) WHERE (status = 'waiting'::text);

CREATE INDEX outcomes_brand ON public.outcomes USING btree (workspace_id, brand_id) WHERE (brand_id IS NOT NULL);

CREATE INDEX outcomes_brand_name ON public.outcomes USING btree (workspace_id, brand_folded) WHERE (brand_folded IS NOT NULL);

CREATE INDEX outcomes_finished ON public.outcomes USING btree (workspace_id, finished_at, id);

CREATE UNIQUE INDEX outcomes_key ON public.outcomes USING btree (workspace_id, source, key);

CREATE INDEX outcomes_of ON public.outcomes USING btree (workspace_id, influencer_id);

CREATE INDEX partner_click_hours_time ON public.partner_click_hours USING btree (workspace_id, starts_at);

CREATE INDEX partner_click_rollups_time ON public.partner_click_rollups USING btree (workspace_id, starts_at);

CREATE INDEX partner_external_ids_partner ON public.partner_external_ids USING btree (workspace_id, partner_id);

CREATE UNIQUE INDEX partner_invitations_open ON public.partner_invitations USING btree (workspace_id, partner_id, email_key) WHERE ((accepted_at IS NULL) AND (revoked_at IS NULL));

CREATE INDEX partner_invitations_token ON public.partner_invitations USING btree (token_hash);

CREATE INDEX partner_sessions_id ON public.partner_sessions USING btree (id);

CREATE INDEX partner_sessions_partner ON public.partner_sessions USING btree (workspace_id, partner_id);

CREATE INDEX partner_users_email ON public.partner_users USING btree (email_key);

CREATE UNIQUE INDEX partner_users_once ON public.partner_users USING btree (workspace_id, partner_id, email_key);

CREATE UNIQUE INDEX partners_email ON public.partners USING btree (workspace_id, email_key, program_id) NULLS NOT DISTINCT WHERE ((email_key IS NOT NULL) AND (status <> 'archived'::text));

CREATE INDEX partners_email_key ON public.partners USING btree (email_key) WHERE (email_key IS NOT NULL);

CREATE INDEX partners_influencer ON public.partners USING btree (workspace_id, influencer_id) WHERE (influencer_id IS NOT NULL);

CREATE INDEX partners_mailbox ON public.partners USING btree (workspace_id, mailbox) WHERE (mailbox IS NOT NULL);

CREATE INDEX partners_merged ON public.partners USING btree (workspace_id, merged_into) WHERE (merged_into IS NOT NULL);

CREATE INDEX partners_program ON public.partners USING btree (workspace_id, program_id) WHERE (program_id IS NOT NULL);

CREATE INDEX payout_accounts_number ON public.payout_accounts USING btree (workspace_id, number_key) WHERE (number_key IS NOT NULL);

CREATE UNIQUE INDEX payout_accounts_of ON public.payout_accounts USING btree (workspace_id, partner_id) WHERE (ended_at IS NULL);

CREATE INDEX payout_accounts_partner ON public.payout_accounts USING btree (workspace_id, partner_id);

CREATE INDEX payout_accounts_unseen ON public.payout_accounts USING btree (workspace_id) WHERE unseen;

CREATE UNIQUE INDEX payout_items_once ON public.payout_items USING btree (workspace_id, commission_id) WHERE (released_at IS NULL);

CREATE UNIQUE INDEX payout_runs_open ON public.payout_runs USING btree (workspace_id, wanted_key) WHERE (finished_at IS NULL);

CREATE UNIQUE INDEX payouts_key ON public.payouts USING btree (workspace_id, key);

CREATE INDEX payouts_partner ON public.payouts USING btree (workspace_id, partner_id, id);

CREATE UNIQUE INDEX payouts_run ON public.payouts USING btree (workspace_id, run_id, partner_id, currency) WHERE (run_id IS NOT NULL);

CREATE INDEX payouts_status ON public.payouts USING btree (workspace_id, status, id) WHERE (status = ANY (ARRAY['created'::text, 'sent'::text]));

CREATE INDEX pgqueuer_ep_ea_idx ON public.pgqueuer USING btree (entrypoint, execute_after) WHERE (status = 'queued'::public.pgqueuer_status);

CREATE INDEX pgqueuer_ep_prio_id_idx ON public.pgqueuer USING btree (entrypoint, priority DESC, id) WHERE (status = 'queued'::public.pgqueuer_status);

CREATE INDEX pgqueuer_log_created ON public.pgqueuer_log USING btree (created);

CREATE INDEX pgqueuer_log_job_id_status ON public.pgqueuer_log USING btree (job_id, created DESC);

CREATE INDEX pgqueuer_log_not_aggregated ON public.pgqueuer_log USING btree ((1)) WHERE (NOT aggregated);

CREATE INDEX pgqueuer_log_status ON public.pgqueuer_log USING btree (status);

CREATE INDEX pgqueuer_picked_heartbeat_idx ON public.pgqueuer USING btree (heartbeat) WHERE (status = 'picked'::public.pgqueuer_status);

CREATE UNIQUE INDEX pgqueuer_picked_slot_idx ON public.pgqueuer USING btree (entrypoint, slot) WHERE ((status = 'picked'::public.pgqueuer_status) AND (slot IS NOT NULL));

CREATE INDEX pgqueuer_priority_id_id1_idx ON public.pgqueuer USING btree (priority, id DESC) INCLUDE (id) WHERE (status = 'queued'::public.pgqueuer_status);

CREATE INDEX pgqueuer_queue_manager_id_idx ON public.pgqueuer USING btree (queue_manager_id) WHERE (queue_manager_id IS NOT NULL);

CREATE UNIQUE INDEX pgqueuer_statistics_unique_count ON public.pgqueuer_statistics USING btree (priority, date_trunc('sec'::text, timezone('UTC'::text, created)), status, entrypoint);

CREATE UNIQUE INDEX pgqueuer_unique_dedupe_key ON public.pgqueuer USING btree (dedupe_key) WHERE ((status = ANY (ARRAY['queued'::public.pgqueuer_status, 'picked'::public.pgqueuer_status])) AND (dedupe_key IS NOT NULL));

CREATE INDEX pgqueuer_updated_id_id1_idx ON public.pgqueuer USING btree (updated, id DESC) INCLUDE (id) WHERE (status = 'picked'::public.pgqueuer_status);

CREATE INDEX postback_deliveries_of ON public.postback_deliveries USING btree (workspace_id, postback_id, id);

CREATE UNIQUE INDEX postback_deliveries_seq ON public.postback_deliveries USING btree (workspace_id, postback_id, seq) WHERE (status = 'waiting'::text);

CREATE INDEX postbacks_active ON public.postbacks USING btree (workspace_id, partner_id) WHERE (disabled_at IS NULL);

CREATE INDEX postbacks_partner ON public.postbacks USING btree (workspace_id, partner_id, id);

CREATE INDEX programs_id ON public.programs USING btree (id);

CREATE INDEX reach_plan_members_of ON public.reach_plan_members USING btree (workspace_id, influencer_id);

CREATE INDEX reach_plans_brief ON public.reach_plans USING btree (workspace_id, brief_id) WHERE (brief_id IS NOT NULL);

CREATE INDEX reach_plans_of ON public.reach_plans USING btree (workspace_id, shortlist_id, id) WHERE (shortlist_id IS NOT NULL);

CREATE INDEX redemptions_advocate ON public.redemptions USING btree (workspace_id, advocate_id, id);

CREATE UNIQUE INDEX redemptions_reward ON public.redemptions USING btree (workspace_id, reward_id) WHERE ((reward_id IS NOT NULL) AND (reversed_at IS NULL));

CREATE INDEX referral_evidence_program ON public.referral_evidence USING btree (workspace_id, program_id, referral_id);

CREATE INDEX referral_evidence_ring ON public.referral_evidence USING btree (workspace_id, ring_id, referral_id) WHERE (ring_id IS NOT NULL);

CREATE INDEX referral_keys_key ON public.referral_keys USING btree (workspace_id, key);

CREATE INDEX referral_keys_referral ON public.referral_keys USING btree (workspace_id, referral_id);

CREATE INDEX referral_marks_old ON public.referral_marks USING btree (seen_at);

CREATE INDEX referral_nodes_below ON public.referral_nodes USING btree (workspace_id, parent_id, people DESC, advocate_id) WHERE (parent_id IS NOT NULL);

CREATE INDEX referral_nodes_board ON public.referral_nodes USING btree (workspace_id, program_id, customers DESC, advocate_id);

CREATE INDEX referral_nodes_program ON public.referral_nodes USING btree (workspace_id, program_id) INCLUDE (accounts, friends);

CREATE INDEX referral_nodes_roots ON public.referral_nodes USING btree (workspace_id, program_id, people, advocate_id) WHERE (parent_id IS NULL);

CREATE INDEX referral_parts_program ON public.referral_parts USING btree (workspace_id, program_id);

CREATE INDEX referrals_advocate ON public.referrals USING btree (workspace_id, advocate_id, id);

CREATE INDEX referrals_came ON public.referrals USING btree (workspace_id, advocate_id, qualified_at) INCLUDE (state, held, partner_id) WHERE (state = ANY (ARRAY['signed_up'::text, 'qualified'::text, 'rewarded'::text]));

CREATE INDEX referrals_channel ON public.referrals USING btree (workspace_id, channel, id);

CREATE INDEX referrals_conversion ON public.referrals USING btree (workspace_id, conversion_id) WHERE (conversion_id IS NOT NULL);

CREATE INDEX referrals_friend ON public.referrals USING btree (workspace_id, friend_id) WHERE (friend_id IS NOT NULL);

CREATE INDEX referrals_held ON public.referrals USING btree (workspace_id, id) WHERE (held IS NOT NULL);

CREATE INDEX referrals_invited ON public.referrals USING btree (workspace_id, id) WHERE ((state = 'invited'::text) AND (channel = 'link'::text));

CREATE INDEX referrals_program ON public.referrals USING btree (workspace_id, program_id, id);

CREATE INDEX referrals_qualified ON public.referrals USING btree (workspace_id, program_id, qualified_at) INCLUDE (advocate_id, partner_id) WHERE ((held IS NULL) AND (state = ANY (ARRAY['qualified'::text, 'rewarded'::text])));

CREATE INDEX referrals_updated ON public.referrals USING btree (workspace_id, updated_at);

CREATE INDEX refunds_conversion ON public.refunds USING btree (workspace_id, conversion_id) WHERE (conversion_id IS NOT NULL);

CREATE INDEX refunds_early ON public.refunds USING gin (refs) WHERE (conversion_id IS NULL);

CREATE UNIQUE INDEX refunds_external ON public.refunds USING btree (workspace_id, shop, external_id);

CREATE INDEX reported_totals_days ON public.reported_totals USING btree (workspace_id, ends_on, id);

CREATE UNIQUE INDEX reported_totals_line ON public.reported_totals USING btree (workspace_id, network, starts_on, ends_on, tracking_id, sub_id, campaign, product_id, reference, state, currency, shop);

CREATE INDEX reported_totals_partner ON public.reported_totals USING btree (workspace_id, partner_id, ends_on, id) WHERE (partner_id IS NOT NULL);

CREATE UNIQUE INDEX review_findings_standing ON public.review_findings USING btree (workspace_id, partner_id, code, since, coupon) NULLS NOT DISTINCT WHERE (ended_at IS NULL);

CREATE INDEX review_flags_hold ON public.review_flags USING btree (workspace_id, hold_id, conversion_id);

CREATE INDEX review_flags_partner ON public.review_flags USING btree (workspace_id, partner_id, hold_id);

CREATE INDEX review_keys_review ON public.review_keys USING btree (workspace_id, review_id);

CREATE INDEX review_visits_device ON public.review_visits USING btree (workspace_id, visitor, partner_id);

CREATE INDEX reviews_by_time ON public.reviews USING btree (workspace_id, published_at, id);

CREATE INDEX reviews_of_conversion ON public.reviews USING btree (workspace_id, conversion_id) WHERE (conversion_id IS NOT NULL);

CREATE INDEX reviews_of_order ON public.reviews USING btree (workspace_id, shop, order_ref) WHERE (order_ref IS NOT NULL);

CREATE INDEX reviews_of_product ON public.reviews USING btree (workspace_id, product_id, published_at, id) WHERE (product_id IS NOT NULL);

CREATE INDEX reviews_undecided ON public.reviews USING btree (workspace_id, status, published_at, id) WHERE (status <> 'approved'::text);

CREATE INDEX rewards_advocate ON public.rewards USING btree (workspace_id, advocate_id, id);

CREATE INDEX rewards_conversion ON public.rewards USING btree (workspace_id, conversion_id) WHERE (conversion_id IS NOT NULL);

CREATE INDEX rewards_drawn ON public.rewards USING btree (workspace_id, advocate_id, currency) WHERE (redeemed > 0);

CREATE INDEX rewards_due ON public.rewards USING btree (workspace_id, due_at) WHERE (status = 'pending'::text);

CREATE INDEX rewards_due_on ON public.rewards USING btree (workspace_id, (
CASE
    WHEN (due_at IS NULL) THEN earned_at
    ELSE due_at
END));

CREATE INDEX rewards_earned ON public.rewards USING btree (workspace_id, earned_at);

CREATE INDEX rewards_expiring ON public.rewards USING btree (workspace_id, expires_at) WHERE ((status = 'available'::text) AND (expires_at IS NOT NULL) AND (rest >= 0));

CREATE INDEX rewards_limit ON public.rewards USING btree (workspace_id, advocate_id, rule, earned_at) WHERE ((gone IS NULL) AND (rejected IS NULL) AND (held IS NULL));

CREATE INDEX rewards_open ON public.rewards USING btree (workspace_id, advocate_id, id) WHERE ((status = ANY (ARRAY['pending'::text, 'on_hold'::text])) OR ((status = 'available'::text) AND ((kind = ANY (ARRAY['points'::text, 'credit'::text])) OR (expires_at IS NOT NULL))));

CREATE INDEX rewards_open_points ON public.rewards USING btree (workspace_id, program_id, earned_at) INCLUDE (amount, refunded, total) WHERE ((kind = 'points'::text) AND (status = ANY (ARRAY['pending'::text, 'on_hold'::text])));

CREATE INDEX rewards_program ON public.rewards USING btree (workspace_id, program_id, earned_at);

CREATE INDEX rewards_referral ON public.rewards USING btree (workspace_id, referral_id) WHERE (referral_id IS NOT NULL);

CREATE INDEX rewards_updated ON public.rewards USING btree (workspace_id, updated_at);

CREATE INDEX score_contexts_of ON public.score_contexts USING btree (workspace_id, brief_id);

CREATE INDEX score_contexts_old ON public.score_contexts USING btree (as_of);

CREATE INDEX score_records_of ON public.score_records USING btree (workspace_id, run_id);

CREATE INDEX score_runs_of ON public.score_runs USING btree (workspace_id, brief_id);

CREATE INDEX score_runs_old ON public.score_runs USING btree (as_of);

CREATE INDEX sessions_id ON public.sessions USING btree (id);

CREATE INDEX sessions_person ON public.sessions USING btree (workspace_id, person_id);

CREATE INDEX shortlist_comments_about ON public.shortlist_comments USING btree (workspace_id, influencer_id) WHERE (influencer_id IS NOT NULL);

CREATE INDEX shortlist_comments_of ON public.shortlist_comments USING btree (workspace_id, shortlist_id, id);

CREATE INDEX shortlist_comments_said ON public.shortlist_comments USING btree (workspace_id, share_id, id);

CREATE INDEX shortlist_items_of ON public.shortlist_items USING btree (workspace_id, influencer_id);

CREATE INDEX shortlist_shares_of ON public.shortlist_shares USING btree (workspace_id, shortlist_id, id);

CREATE INDEX shortlist_shares_token ON public.shortlist_shares USING btree (token_hash);

CREATE INDEX shortlists_brief ON public.shortlists USING btree (workspace_id, brief_id, id) WHERE (brief_id IS NOT NULL);

CREATE INDEX site_events_carts ON public.site_events USING btree (workspace_id, visitor, occurred_at) WHERE ((visitor IS NOT NULL) AND (name = ANY (ARRAY['add_to_cart'::text, 'begin_checkout'::text])));

CREATE INDEX site_events_click ON public.site_events USING btree (workspace_id, click_id) WHERE (click_id IS NOT NULL);

CREATE UNIQUE INDEX site_events_key ON public.site_events USING btree (workspace_id, key);

CREATE INDEX site_events_old ON public.site_events USING btree (occurred_at);

CREATE INDEX site_events_time ON public.site_events USING btree (workspace_id, occurred_at, name);

CREATE INDEX site_events_token ON public.site_events USING btree (workspace_id, token_key) WHERE (token_key IS NOT NULL);

CREATE UNIQUE INDEX statements_in_work ON public.statements USING btree (workspace_id, alert_id, channel) WHERE (status <> 'published'::text);

CREATE INDEX statements_of_alert ON public.statements USING btree (workspace_id, alert_id, id);

CREATE INDEX terms_acceptances_newest ON public.terms_acceptances USING btree (workspace_id, program_id, accepted_at, partner_id, version);

CREATE INDEX track_keys_time ON public.track_keys USING btree (created_at);

CREATE INDEX voucher_pools_watched ON public.voucher_pools USING btree (workspace_id, id) WHERE ((low_stock IS NOT NULL) AND (low_told_at IS NULL) AND (closed_at IS NULL));

CREATE INDEX vouchers_by_status ON public.vouchers USING btree (workspace_id, pool_id, status, id);

CREATE INDEX vouchers_of_pool ON public.vouchers USING btree (workspace_id, pool_id, id);

CREATE UNIQUE INDEX vouchers_reference ON public.vouchers USING btree (workspace_id, pool_id, reference) WHERE ((reference IS NOT NULL) AND (replaced_by IS NULL));

CREATE UNIQUE INDEX vouchers_reward ON public.vouchers USING btree (workspace_id, reward_id) WHERE ((reward_id IS NOT NULL) AND (replaced_by IS NULL));

CREATE TRIGGER advocates_brought AFTER UPDATE ON public.advocates FOR EACH ROW WHEN ((old.referral_id IS DISTINCT FROM new.referral_id)) EXECUTE FUNCTION public.note_account();

CREATE TRIGGER advocates_made AFTER INSERT ON public.advocates FOR EACH ROW EXECUTE FUNCTION public.note_account();

CREATE TRIGGER coupons_handed_over AFTER UPDATE ON public.coupons FOR EACH ROW WHEN (((old.partner_id IS DISTINCT FROM new.partner_id) OR (old.kind <> new.kind))) EXECUTE FUNCTION public.note_coupon();

CREATE TRIGGER coupons_made AFTER INSERT ON public.coupons FOR EACH ROW EXECUTE FUNCTION public.note_coupon();

CREATE TRIGGER graphs_version AFTER UPDATE OF version ON public.graphs FOR EACH ROW WHEN ((old.version IS DISTINCT FROM new.version)) EXECUTE FUNCTION public.drop_graph_results();

CREATE CONSTRAINT TRIGGER ledger_postings_sum AFTER INSERT ON public.ledger_postings DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.ledger_entry_adds_up();

CREATE TRIGGER links_changed AFTER UPDATE ON public.links FOR EACH ROW WHEN ((old.version IS DISTINCT FROM new.version)) EXECUTE FUNCTION public.tell_link_changed();

CREATE TRIGGER links_gone AFTER DELETE ON public.links FOR EACH ROW EXECUTE FUNCTION public.tell_link_gone();

CREATE TRIGGER links_made AFTER INSERT ON public.links FOR EACH ROW EXECUTE FUNCTION public.tell_link_changed();

CREATE TRIGGER mark_click_hours AFTER INSERT ON public.clicks REFERENCING NEW TABLE AS new_clicks FOR EACH STATEMENT EXECUTE FUNCTION public.mark_click_hours();

CREATE TRIGGER mentions_rated AFTER UPDATE OF stars, text, title ON public.mentions FOR EACH ROW WHEN (((old.stars IS DISTINCT FROM new.stars) OR (((old.text <> ''::text) OR (old.title IS NOT NULL)) <> ((new.text <> ''::text) OR (new.title IS NOT NULL))))) EXECUTE FUNCTION public.mentions_rated();

CREATE TRIGGER obligation_sums_insert AFTER INSERT ON public.rewards REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION public.obligation_sums_insert();

CREATE TRIGGER obligation_sums_update AFTER UPDATE ON public.rewards REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION public.obligation_sums_update();

CREATE TRIGGER partners_renamed AFTER UPDATE ON public.partners FOR EACH ROW WHEN ((old.slug IS DISTINCT FROM new.slug)) EXECUTE FUNCTION public.tell_partner_changed();

CREATE TRIGGER referrals_came AFTER INSERT ON public.referrals FOR EACH ROW WHEN ((new.state <> ALL (ARRAY['invited'::text, 'clicked'::text]))) EXECUTE FUNCTION public.note_referral();

CREATE TRIGGER referrals_changed AFTER UPDATE ON public.referrals FOR EACH ROW WHEN (((old.state <> ALL (ARRAY['invited'::text, 'clicked'::text])) OR (new.state <> ALL (ARRAY['invited'::text, 'clicked'::text])))) EXECUTE FUNCTION public.note_referral();

CREATE TRIGGER reviews_rated BEFORE INSERT ON public.reviews FOR EACH ROW EXECUTE FUNCTION public.reviews_rated();

CREATE TRIGGER reward_sums_insert AFTER INSERT ON public.rewards REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION public.reward_sums_insert();

CREATE TRIGGER reward_sums_update AFTER UPDATE ON public.rewards REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION public.reward_sums_update();

CREATE TRIGGER tg_pgqueuer_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.pgqueuer FOR EACH STATEMENT EXECUTE FUNCTION public.fn_pgqueuer_changed();

CREATE TRIGGER workspaces_hosts AFTER UPDATE ON public.workspaces FOR EACH ROW WHEN (((old.destination_hosts IS DISTINCT FROM new.destination_hosts) OR (old.link_hosts IS DISTINCT FROM new.link_hosts))) EXECUTE FUNCTION public.tell_hosts_changed();

ALTER TABLE ONLY public.account_activity
    ADD CONSTRAINT account_activity_account_fkey FOREIGN KEY (workspace_id, account_id) REFERENCES public.influencer_accounts(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.account_authority
    ADD CONSTRAINT account_authority_account_fkey FOREIGN KEY (workspace_id, account_id) REFERENCES public.influencer_accounts(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.account_growth
    ADD CONSTRAINT account_growth_account_fkey FOREIGN KEY (workspace_id, account_id) REFERENCES public.influencer_accounts(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.advocacy_report_zones
    ADD CONSTRAINT advocacy_report_zones_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.advocacy_reports
    ADD CONSTRAINT advocacy_reports_zone_fkey FOREIGN KEY (workspace_id, tz) REFERENCES public.advocacy_report_zones(workspace_id, tz) ON DELETE CASCADE;

ALTER TABLE ONLY public.advocacy_terms
    ADD CONSTRAINT advocacy_terms_program_fkey FOREIGN KEY (workspace_id, program_id) REFERENCES public.programs(workspace_id, id);

ALTER TABLE ONLY public.advocacy_terms
    ADD CONSTRAINT advocacy_terms_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.advocate_deeds
    ADD CONSTRAINT advocate_deeds_advocate_fkey FOREIGN KEY (workspace_id, advocate_id) REFERENCES public.advocates(workspace_id, id);

ALTER TABLE ONLY public.advocate_deeds
    ADD CONSTRAINT advocate_deeds_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.advocate_keys
    ADD CONSTRAINT advocate_keys_advocate_fkey FOREIGN KEY (workspace_id, advocate_id) REFERENCES public.advocates(workspace_id, id);

ALTER TABLE ONLY public.advocates
    ADD CONSTRAINT advocates_partner_fkey FOREIGN KEY (workspace_id, partner_id) REFERENCES public.partners(workspace_id, id);

ALTER TABLE ONLY public.advocates
    ADD CONSTRAINT advocates_program_fkey FOREIGN KEY (workspace_id, program_id) REFERENCES public.programs(workspace_id, id);

ALTER TABLE ONLY public.advocates
    ADD CONSTRAINT advocates_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.alert_rules
    ADD CONSTRAINT alert_rules_query_fkey FOREIGN KEY (workspace_id, query_id) REFERENCES public.listening_queries(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.alert_rules
    ADD CONSTRAINT alert_rules_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT alerts_spike_fkey FOREIGN KEY (workspace_id, spike_id) REFERENCES public.mention_spikes(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_partner_fkey FOREIGN KEY (workspace_id, partner_id) REFERENCES public.partners(workspace_id, id);

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.applications
    ADD CONSTRAINT applications_partner_fkey FOREIGN KEY (workspace_id, partner_id) REFERENCES public.partners(workspace_id, id);

ALTER TABLE ONLY public.applications
    ADD CONSTRAINT applications_program_fkey FOREIGN KEY (workspace_id, program_id) REFERENCES public.programs(workspace_id, id);

ALTER TABLE ONLY public.audience_codes
    ADD CONSTRAINT audience_codes_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT audit_log_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.brand_accounts
    ADD CONSTRAINT brand_accounts_brand_fkey FOREIGN KEY (workspace_id, brand_id) REFERENCES public.brands(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.brand_posts
    ADD CONSTRAINT brand_posts_account_fkey FOREIGN KEY (workspace_id, account_id) REFERENCES public.brand_accounts(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.brand_snapshots
    ADD CONSTRAINT brand_snapshots_account_fkey FOREIGN KEY (workspace_id, account_id) REFERENCES public.brand_accounts(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.brands
    ADD CONSTRAINT brands_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.briefs
    ADD CONSTRAINT briefs_brand_fkey FOREIGN KEY (workspace_id, brand_id) REFERENCES public.brands(workspace_id, id) ON DELETE SET NULL (brand_id);

ALTER TABLE ONLY public.briefs
    ADD CONSTRAINT briefs_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.claim_ends
    ADD CONSTRAINT claim_ends_claim_fkey FOREIGN KEY (workspace_id, claim_id) REFERENCES public.claims(workspace_id, id);

ALTER TABLE ONLY public.claim_evidence
    ADD CONSTRAINT claim_evidence_claim_fkey FOREIGN KEY (workspace_id, claim_id) REFERENCES public.claims(workspace_id, id);

ALTER TABLE ONLY public.claim_evidence
    ADD CONSTRAINT claim_evidence_file_fkey FOREIGN KEY (workspace_id, file_id) REFERENCES public.files(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.claim_notes
    ADD CONSTRAINT claim_notes_claim_fkey FOREIGN KEY (workspace_id, claim_id) REFERENCES public.claims(workspace_id, id);

ALTER TABLE ONLY public.claims
    ADD CONSTRAINT claims_partner_fkey FOREIGN KEY (workspace_id, partner_id) REFERENCES public.partners(workspace_id, id);

ALTER TABLE ONLY public.claims
    ADD CONSTRAINT claims_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.click_rules
    ADD CONSTRAINT click_rules_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.commissions
    ADD CONSTRAINT commissions_corrects_fkey FOREIGN KEY (workspace_id, corrects) REFERENCES public.commissions(workspace_id, id);

ALTER TABLE ONLY public.commissions
    ADD CONSTRAINT commissions_partner_fkey FOREIGN KEY (workspace_id, partner_id) REFERENCES public.partners(workspace_id, id);

ALTER TABLE ONLY public.commissions
    ADD CONSTRAINT commissions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.comparisons
    ADD CONSTRAINT comparisons_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.consent_texts
    ADD CONSTRAINT consent_texts_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.consents
    ADD CONSTRAINT consents_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.content_settings
    ADD CONSTRAINT content_settings_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.content_spaces
    ADD CONSTRAINT content_spaces_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.content_texts
    ADD CONSTRAINT content_texts_influencer_fkey FOREIGN KEY (workspace_id, influencer_id) REFERENCES public.influencers(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.content_vectors
    ADD CONSTRAINT content_vectors_influencer_fkey FOREIGN KEY (workspace_id, influencer_id) REFERENCES public.influencers(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.content_vectors
    ADD CONSTRAINT content_vectors_space_fkey FOREIGN KEY (workspace_id, space_id) REFERENCES public.content_spaces(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.conversion_refs
    ADD CONSTRAINT conversion_refs_conversion_fkey FOREIGN KEY (workspace_id, conversion_id) REFERENCES public.conversions(workspace_id, id);

ALTER TABLE ONLY public.conversion_reports
    ADD CONSTRAINT conversion_reports_conversion_fkey FOREIGN KEY (workspace_id, conversion_id) REFERENCES public.conversions(workspace_id, id);

ALTER TABLE ONLY public.conversion_touches
    ADD CONSTRAINT conversion_touches_conversion_fkey FOREIGN KEY (workspace_id, conversion_id) REFERENCES public.conversions(workspace_id, id);

ALTER TABLE ONLY public.conversion_waits
    ADD CONSTRAINT conversion_waits_conversion_fkey FOREIGN KEY (workspace_id, conversion_id) REFERENCES public.conversions(workspace_id, id);

ALTER TABLE ONLY public.conversions
    ADD CONSTRAINT conversions_customer_fkey FOREIGN KEY (workspace_id, customer_id) REFERENCES public.customers(workspace_id, id) ON DELETE SET NULL (customer_id);

ALTER TABLE ONLY public.conversions
    ADD CONSTRAINT conversions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.coupon_history
    ADD CONSTRAINT coupon_history_coupon_fkey FOREIGN KEY (workspace_id, coupon_id) REFERENCES public.coupons(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.coupons
    ADD CONSTRAINT coupons_link_fkey FOREIGN KEY (workspace_id, link_id) REFERENCES public.links(workspace_id, id);

ALTER TABLE ONLY public.coupons
    ADD CONSTRAINT coupons_partner_fkey FOREIGN KEY (workspace_id, partner_id) REFERENCES public.partners(workspace_id, id);

ALTER TABLE ONLY public.coupons
    ADD CONSTRAINT coupons_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.customer_keys
    ADD CONSTRAINT customer_keys_customer_fkey FOREIGN KEY (workspace_id, customer_id) REFERENCES public.customers(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customers_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.disclosure_checks
    ADD CONSTRAINT disclosure_checks_post_fkey FOREIGN KEY (workspace_id, post_id) REFERENCES public.influencer_posts(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.disclosure_checks
    ADD CONSTRAINT disclosure_checks_watch_fkey FOREIGN KEY (workspace_id, watch_id) REFERENCES public.disclosure_watches(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.disclosure_findings
    ADD CONSTRAINT disclosure_findings_check_fkey FOREIGN KEY (workspace_id, check_id) REFERENCES public.disclosure_checks(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.disclosure_marks
    ADD CONSTRAINT disclosure_marks_influencer_fkey FOREIGN KEY (workspace_id, influencer_id) REFERENCES public.influencers(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.disclosure_watches
    ADD CONSTRAINT disclosure_watches_influencer_fkey FOREIGN KEY (workspace_id, influencer_id) REFERENCES public.influencers(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.disclosure_watches
    ADD CONSTRAINT disclosure_watches_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.early_reports
    ADD CONSTRAINT early_reports_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.earning_marks
    ADD CONSTRAINT earning_marks_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.edge_changes
    ADD CONSTRAINT edge_changes_influencer_fkey FOREIGN KEY (workspace_id, influencer_id) REFERENCES public.influencers(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.edge_graphs
    ADD CONSTRAINT edge_graphs_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.edge_nodes
    ADD CONSTRAINT edge_nodes_account_fkey FOREIGN KEY (workspace_id, account_id) REFERENCES public.influencer_accounts(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.edge_nodes
    ADD CONSTRAINT edge_nodes_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.edges
    ADD CONSTRAINT edges_dst_fkey FOREIGN KEY (workspace_id, dst) REFERENCES public.edge_nodes(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.edges
    ADD CONSTRAINT edges_post_fkey FOREIGN KEY (workspace_id, post_id) REFERENCES public.influencer_posts(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.edges
    ADD CONSTRAINT edges_src_fkey FOREIGN KEY (workspace_id, src) REFERENCES public.edge_nodes(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.emv_rate_tables
    ADD CONSTRAINT emv_rate_tables_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.file_chunks
    ADD CONSTRAINT file_chunks_workspace_id_file_id_fkey FOREIGN KEY (workspace_id, file_id) REFERENCES public.files(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.files
    ADD CONSTRAINT files_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.follower_counters
    ADD CONSTRAINT follower_counters_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.follower_samples
    ADD CONSTRAINT follower_samples_account_fkey FOREIGN KEY (workspace_id, account_id) REFERENCES public.influencer_accounts(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.follower_sets
    ADD CONSTRAINT follower_sets_account_fkey FOREIGN KEY (workspace_id, account_id) REFERENCES public.influencer_accounts(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.follower_tombstones
    ADD CONSTRAINT follower_tombstones_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.fx_rates
    ADD CONSTRAINT fx_rates_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.graph_arrays
    ADD CONSTRAINT graph_arrays_graph_fkey FOREIGN KEY (workspace_id, graph_id) REFERENCES public.graphs(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.graph_chunks
    ADD CONSTRAINT graph_chunks_upload_fkey FOREIGN KEY (workspace_id, upload_id) REFERENCES public.graph_uploads(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.graph_columns
    ADD CONSTRAINT graph_columns_result_fkey FOREIGN KEY (workspace_id, result_id) REFERENCES public.graph_results(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.graph_results
    ADD CONSTRAINT graph_results_graph_fkey FOREIGN KEY (workspace_id, graph_id) REFERENCES public.graphs(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.graph_uploads
    ADD CONSTRAINT graph_uploads_graph_fkey FOREIGN KEY (workspace_id, graph_id) REFERENCES public.graphs(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.graphs
    ADD CONSTRAINT graphs_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.import_chunks
    ADD CONSTRAINT import_chunks_import_fkey FOREIGN KEY (workspace_id, import_id) REFERENCES public.imports(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.import_rejects
    ADD CONSTRAINT import_rejects_import_fkey FOREIGN KEY (workspace_id, import_id) REFERENCES public.imports(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.inbound_deliveries
    ADD CONSTRAINT inbound_deliveries_integration_fkey FOREIGN KEY (workspace_id, integration_id) REFERENCES public.integrations(workspace_id, id);

ALTER TABLE ONLY public.influencer_accounts
    ADD CONSTRAINT influencer_accounts_influencer_fkey FOREIGN KEY (workspace_id, influencer_id) REFERENCES public.influencers(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.influencer_audiences
    ADD CONSTRAINT influencer_audiences_account_fkey FOREIGN KEY (workspace_id, account_id) REFERENCES public.influencer_accounts(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.influencer_contacts
    ADD CONSTRAINT influencer_contacts_influencer_fkey FOREIGN KEY (workspace_id, influencer_id) REFERENCES public.influencers(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.influencer_deletions
    ADD CONSTRAINT influencer_deletions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.influencer_merges
    ADD CONSTRAINT influencer_merges_kept_fkey FOREIGN KEY (workspace_id, kept_id) REFERENCES public.influencers(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.influencer_names
    ADD CONSTRAINT influencer_names_influencer_fkey FOREIGN KEY (workspace_id, influencer_id) REFERENCES public.influencers(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.influencer_posts
    ADD CONSTRAINT influencer_posts_account_fkey FOREIGN KEY (workspace_id, account_id) REFERENCES public.influencer_accounts(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.influencer_rates
    ADD CONSTRAINT influencer_rates_influencer_fkey FOREIGN KEY (workspace_id, influencer_id) REFERENCES public.influencers(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.influencer_search
    ADD CONSTRAINT influencer_search_influencer_fkey FOREIGN KEY (workspace_id, influencer_id) REFERENCES public.influencers(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.influencer_snapshots
    ADD CONSTRAINT influencer_snapshots_account_fkey FOREIGN KEY (workspace_id, account_id) REFERENCES public.influencer_accounts(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.influencer_tombstones
    ADD CONSTRAINT influencer_tombstones_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.influencers
    ADD CONSTRAINT influencers_merged_into_fkey FOREIGN KEY (workspace_id, merged_into) REFERENCES public.influencers(workspace_id, id);

ALTER TABLE ONLY public.influencers
    ADD CONSTRAINT influencers_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.integration_secrets
    ADD CONSTRAINT integration_secrets_integration_fkey FOREIGN KEY (workspace_id, integration_id) REFERENCES public.integrations(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.integrations
    ADD CONSTRAINT integrations_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.join_pages
    ADD CONSTRAINT join_pages_program_fkey FOREIGN KEY (workspace_id, program_id) REFERENCES public.programs(workspace_id, id);

ALTER TABLE ONLY public.join_pages
    ADD CONSTRAINT join_pages_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.join_requests
    ADD CONSTRAINT join_requests_page_fkey FOREIGN KEY (workspace_id, program_id) REFERENCES public.join_pages(workspace_id, program_id);

ALTER TABLE ONLY public.join_requests
    ADD CONSTRAINT join_requests_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.ledger_accounts
    ADD CONSTRAINT ledger_accounts_partner_fkey FOREIGN KEY (workspace_id, partner_id) REFERENCES public.partners(workspace_id, id);

ALTER TABLE ONLY public.ledger_accounts
    ADD CONSTRAINT ledger_accounts_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.ledger_entries
    ADD CONSTRAINT ledger_entries_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.ledger_postings
    ADD CONSTRAINT ledger_postings_account_fkey FOREIGN KEY (workspace_id, account_id) REFERENCES public.ledger_accounts(workspace_id, id);

ALTER TABLE ONLY public.ledger_postings
    ADD CONSTRAINT ledger_postings_entry_fkey FOREIGN KEY (workspace_id, entry_id) REFERENCES public.ledger_entries(workspace_id, id);

ALTER TABLE ONLY public.links
    ADD CONSTRAINT links_coupon_fkey FOREIGN KEY (workspace_id, coupon_id) REFERENCES public.coupons(workspace_id, id);

ALTER TABLE ONLY public.links
    ADD CONSTRAINT links_partner_fkey FOREIGN KEY (workspace_id, partner_id) REFERENCES public.partners(workspace_id, id);

ALTER TABLE ONLY public.links
    ADD CONSTRAINT links_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.listening_events
    ADD CONSTRAINT listening_events_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.listening_queries
    ADD CONSTRAINT listening_queries_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.members
    ADD CONSTRAINT members_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.members
    ADD CONSTRAINT members_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.mention_fetches
    ADD CONSTRAINT mention_fetches_source_fkey FOREIGN KEY (workspace_id, source_id) REFERENCES public.mention_sources(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.mention_matches
    ADD CONSTRAINT mention_matches_mention_fkey FOREIGN KEY (workspace_id, mention_id) REFERENCES public.mentions(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.mention_matches
    ADD CONSTRAINT mention_matches_query_fkey FOREIGN KEY (workspace_id, query_id) REFERENCES public.listening_queries(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.mention_search
    ADD CONSTRAINT mention_search_mention_fkey FOREIGN KEY (workspace_id, mention_id) REFERENCES public.mentions(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.mention_sources
    ADD CONSTRAINT mention_sources_integration_fkey FOREIGN KEY (workspace_id, integration_id) REFERENCES public.integrations(workspace_id, id);

ALTER TABLE ONLY public.mention_sources
    ADD CONSTRAINT mention_sources_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.mention_spikes
    ADD CONSTRAINT mention_spikes_query_fkey FOREIGN KEY (workspace_id, query_id) REFERENCES public.listening_queries(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.mentions
    ADD CONSTRAINT mentions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.model_pointers
    ADD CONSTRAINT model_pointers_promoted_fkey FOREIGN KEY (workspace_id, promoted_id) REFERENCES public.models(workspace_id, id);

ALTER TABLE ONLY public.model_pointers
    ADD CONSTRAINT model_pointers_shadow_fkey FOREIGN KEY (workspace_id, shadow_id) REFERENCES public.models(workspace_id, id);

ALTER TABLE ONLY public.models
    ADD CONSTRAINT models_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.notice_optouts
    ADD CONSTRAINT notice_optouts_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_partner_fkey FOREIGN KEY (workspace_id, partner_id) REFERENCES public.partners(workspace_id, id);

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.nps_answers
    ADD CONSTRAINT nps_answers_invite_fkey FOREIGN KEY (workspace_id, invite_id) REFERENCES public.nps_invites(workspace_id, id);

ALTER TABLE ONLY public.nps_invites
    ADD CONSTRAINT nps_invites_survey_fkey FOREIGN KEY (workspace_id, survey_id) REFERENCES public.nps_surveys(workspace_id, id);

ALTER TABLE ONLY public.nps_surveys
    ADD CONSTRAINT nps_surveys_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.obligation_sums
    ADD CONSTRAINT obligation_sums_program_fkey FOREIGN KEY (workspace_id, program_id) REFERENCES public.programs(workspace_id, id);

ALTER TABLE ONLY public.obligation_sums
    ADD CONSTRAINT obligation_sums_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.outcomes
    ADD CONSTRAINT outcomes_brand_fkey FOREIGN KEY (workspace_id, brand_id) REFERENCES public.brands(workspace_id, id) ON DELETE SET NULL (brand_id);

ALTER TABLE ONLY public.outcomes
    ADD CONSTRAINT outcomes_influencer_fkey FOREIGN KEY (workspace_id, influencer_id) REFERENCES public.influencers(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.outcomes
    ADD CONSTRAINT outcomes_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.partner_click_hours
    ADD CONSTRAINT partner_click_hours_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.partner_click_rollups
    ADD CONSTRAINT partner_click_rollups_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.partner_external_ids
    ADD CONSTRAINT partner_external_ids_partner_fkey FOREIGN KEY (workspace_id, partner_id) REFERENCES public.partners(workspace_id, id);

ALTER TABLE ONLY public.partner_external_ids
    ADD CONSTRAINT partner_external_ids_program_fkey FOREIGN KEY (workspace_id, program_id) REFERENCES public.programs(workspace_id, id);

ALTER TABLE ONLY public.partner_history
    ADD CONSTRAINT partner_history_partner_fkey FOREIGN KEY (workspace_id, partner_id) REFERENCES public.partners(workspace_id, id);

ALTER TABLE ONLY public.partner_invitations
    ADD CONSTRAINT partner_invitations_partner_fkey FOREIGN KEY (workspace_id, partner_id) REFERENCES public.partners(workspace_id, id);

ALTER TABLE ONLY public.partner_invitations
    ADD CONSTRAINT partner_invitations_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.partner_preferences
    ADD CONSTRAINT partner_preferences_partner_fkey FOREIGN KEY (workspace_id, partner_id) REFERENCES public.partners(workspace_id, id);

ALTER TABLE ONLY public.partner_sessions
    ADD CONSTRAINT partner_sessions_partner_fkey FOREIGN KEY (workspace_id, partner_id) REFERENCES public.partners(workspace_id, id);

ALTER TABLE ONLY public.partner_users
    ADD CONSTRAINT partner_users_partner_fkey FOREIGN KEY (workspace_id, partner_id) REFERENCES public.partners(workspace_id, id);

ALTER TABLE ONLY public.partner_users
    ADD CONSTRAINT partner_users_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.partners
    ADD CONSTRAINT partners_influencer_fkey FOREIGN KEY (workspace_id, influencer_id) REFERENCES public.influencers(workspace_id, id) ON DELETE SET NULL (influencer_id);

ALTER TABLE ONLY public.partners
    ADD CONSTRAINT partners_merged_fkey FOREIGN KEY (workspace_id, merged_into) REFERENCES public.partners(workspace_id, id);

ALTER TABLE ONLY public.partners
    ADD CONSTRAINT partners_program_fkey FOREIGN KEY (workspace_id, program_id) REFERENCES public.programs(workspace_id, id);

ALTER TABLE ONLY public.partners
    ADD CONSTRAINT partners_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.payout_accounts
    ADD CONSTRAINT payout_accounts_partner_fkey FOREIGN KEY (workspace_id, partner_id) REFERENCES public.partners(workspace_id, id);

ALTER TABLE ONLY public.payout_accounts
    ADD CONSTRAINT payout_accounts_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.payout_items
    ADD CONSTRAINT payout_items_commission_fkey FOREIGN KEY (workspace_id, commission_id) REFERENCES public.commissions(workspace_id, id);

ALTER TABLE ONLY public.payout_items
    ADD CONSTRAINT payout_items_payout_fkey FOREIGN KEY (workspace_id, payout_id) REFERENCES public.payouts(workspace_id, id);

ALTER TABLE ONLY public.payout_runs
    ADD CONSTRAINT payout_runs_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.payout_skips
    ADD CONSTRAINT payout_skips_run_fkey FOREIGN KEY (workspace_id, run_id) REFERENCES public.payout_runs(workspace_id, id);

ALTER TABLE ONLY public.payouts
    ADD CONSTRAINT payouts_account_fkey FOREIGN KEY (workspace_id, account_id) REFERENCES public.payout_accounts(workspace_id, id);

ALTER TABLE ONLY public.payouts
    ADD CONSTRAINT payouts_partner_fkey FOREIGN KEY (workspace_id, partner_id) REFERENCES public.partners(workspace_id, id);

ALTER TABLE ONLY public.payouts
    ADD CONSTRAINT payouts_run_fkey FOREIGN KEY (workspace_id, run_id) REFERENCES public.payout_runs(workspace_id, id);

ALTER TABLE ONLY public.payouts
    ADD CONSTRAINT payouts_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.personas
    ADD CONSTRAINT personas_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.postback_deliveries
    ADD CONSTRAINT postback_deliveries_postback_fkey FOREIGN KEY (workspace_id, postback_id) REFERENCES public.postbacks(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.postback_told
    ADD CONSTRAINT postback_told_partner_fkey FOREIGN KEY (workspace_id, partner_id) REFERENCES public.partners(workspace_id, id);

ALTER TABLE ONLY public.postbacks
    ADD CONSTRAINT postbacks_partner_fkey FOREIGN KEY (workspace_id, partner_id) REFERENCES public.partners(workspace_id, id);

ALTER TABLE ONLY public.postbacks
    ADD CONSTRAINT postbacks_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.program_history
    ADD CONSTRAINT program_history_program_fkey FOREIGN KEY (workspace_id, program_id) REFERENCES public.programs(workspace_id, id);

ALTER TABLE ONLY public.program_terms
    ADD CONSTRAINT program_terms_program_fkey FOREIGN KEY (workspace_id, program_id) REFERENCES public.programs(workspace_id, id);

ALTER TABLE ONLY public.programs
    ADD CONSTRAINT programs_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.promotion_codes
    ADD CONSTRAINT promotion_codes_integration_fkey FOREIGN KEY (workspace_id, integration_id) REFERENCES public.integrations(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.reach_answers
    ADD CONSTRAINT reach_answers_shortlist_fkey FOREIGN KEY (workspace_id, shortlist_id) REFERENCES public.shortlists(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.reach_plan_members
    ADD CONSTRAINT reach_plan_members_influencer_fkey FOREIGN KEY (workspace_id, influencer_id) REFERENCES public.influencers(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.reach_plan_members
    ADD CONSTRAINT reach_plan_members_plan_fkey FOREIGN KEY (workspace_id, plan_id) REFERENCES public.reach_plans(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.reach_plans
    ADD CONSTRAINT reach_plans_brief_fkey FOREIGN KEY (workspace_id, brief_id) REFERENCES public.briefs(workspace_id, id);

ALTER TABLE ONLY public.reach_plans
    ADD CONSTRAINT reach_plans_shortlist_fkey FOREIGN KEY (workspace_id, shortlist_id) REFERENCES public.shortlists(workspace_id, id);

ALTER TABLE ONLY public.reach_plans
    ADD CONSTRAINT reach_plans_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.redemptions
    ADD CONSTRAINT redemptions_advocate_fkey FOREIGN KEY (workspace_id, advocate_id) REFERENCES public.advocates(workspace_id, id);

ALTER TABLE ONLY public.redemptions
    ADD CONSTRAINT redemptions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.referral_checks
    ADD CONSTRAINT referral_checks_program_fkey FOREIGN KEY (workspace_id, program_id) REFERENCES public.programs(workspace_id, id);

ALTER TABLE ONLY public.referral_evidence
    ADD CONSTRAINT referral_evidence_referral_fkey FOREIGN KEY (workspace_id, referral_id) REFERENCES public.referrals(workspace_id, id);

ALTER TABLE ONLY public.referral_evidence
    ADD CONSTRAINT referral_evidence_ring_fkey FOREIGN KEY (workspace_id, ring_id) REFERENCES public.advocates(workspace_id, id);

ALTER TABLE ONLY public.referral_forests
    ADD CONSTRAINT referral_forests_program_fkey FOREIGN KEY (workspace_id, program_id) REFERENCES public.programs(workspace_id, id);

ALTER TABLE ONLY public.referral_keys
    ADD CONSTRAINT referral_keys_referral_fkey FOREIGN KEY (workspace_id, referral_id) REFERENCES public.referrals(workspace_id, id);

ALTER TABLE ONLY public.referral_marks
    ADD CONSTRAINT referral_marks_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.referral_nodes
    ADD CONSTRAINT referral_nodes_advocate_fkey FOREIGN KEY (workspace_id, advocate_id) REFERENCES public.advocates(workspace_id, id);

ALTER TABLE ONLY public.referral_parts
    ADD CONSTRAINT referral_parts_referral_fkey FOREIGN KEY (workspace_id, referral_id) REFERENCES public.referrals(workspace_id, id);

ALTER TABLE ONLY public.referrals
    ADD CONSTRAINT referrals_advocate_fkey FOREIGN KEY (workspace_id, advocate_id) REFERENCES public.advocates(workspace_id, id);

ALTER TABLE ONLY public.referrals
    ADD CONSTRAINT referrals_friend_fkey FOREIGN KEY (workspace_id, friend_id) REFERENCES public.advocates(workspace_id, id);

ALTER TABLE ONLY public.referrals
    ADD CONSTRAINT referrals_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.refunds
    ADD CONSTRAINT refunds_conversion_fkey FOREIGN KEY (workspace_id, conversion_id) REFERENCES public.conversions(workspace_id, id);

ALTER TABLE ONLY public.refunds
    ADD CONSTRAINT refunds_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.reported_totals
    ADD CONSTRAINT reported_totals_partner_fkey FOREIGN KEY (workspace_id, partner_id) REFERENCES public.partners(workspace_id, id);

ALTER TABLE ONLY public.reported_totals
    ADD CONSTRAINT reported_totals_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.review_decisions
    ADD CONSTRAINT review_decisions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.review_findings
    ADD CONSTRAINT review_findings_partner_fkey FOREIGN KEY (workspace_id, partner_id) REFERENCES public.partners(workspace_id, id);

ALTER TABLE ONLY public.review_findings
    ADD CONSTRAINT review_findings_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.review_flags
    ADD CONSTRAINT review_flags_conversion_fkey FOREIGN KEY (workspace_id, conversion_id) REFERENCES public.conversions(workspace_id, id);

ALTER TABLE ONLY public.review_flags
    ADD CONSTRAINT review_flags_partner_fkey FOREIGN KEY (workspace_id, partner_id) REFERENCES public.partners(workspace_id, id);

ALTER TABLE ONLY public.review_keys
    ADD CONSTRAINT review_keys_review_fkey FOREIGN KEY (workspace_id, review_id) REFERENCES public.reviews(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.review_rules
    ADD CONSTRAINT review_rules_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.review_settings
    ADD CONSTRAINT review_settings_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.review_visits
    ADD CONSTRAINT review_visits_conversion_fkey FOREIGN KEY (workspace_id, conversion_id) REFERENCES public.conversions(workspace_id, id);

ALTER TABLE ONLY public.reviews
    ADD CONSTRAINT reviews_mention_fkey FOREIGN KEY (workspace_id, id) REFERENCES public.mentions(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.reward_sums
    ADD CONSTRAINT reward_sums_program_fkey FOREIGN KEY (workspace_id, program_id) REFERENCES public.programs(workspace_id, id);

ALTER TABLE ONLY public.reward_sums
    ADD CONSTRAINT reward_sums_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.rewards
    ADD CONSTRAINT rewards_advocate_fkey FOREIGN KEY (workspace_id, advocate_id) REFERENCES public.advocates(workspace_id, id);

ALTER TABLE ONLY public.rewards
    ADD CONSTRAINT rewards_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.saved_searches
    ADD CONSTRAINT saved_searches_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.score_contexts
    ADD CONSTRAINT score_contexts_brief_fkey FOREIGN KEY (workspace_id, brief_id) REFERENCES public.briefs(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.score_records
    ADD CONSTRAINT score_records_context_fkey FOREIGN KEY (workspace_id, run_id) REFERENCES public.score_contexts(workspace_id, run_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.score_records
    ADD CONSTRAINT score_records_influencer_fkey FOREIGN KEY (workspace_id, influencer_id) REFERENCES public.influencers(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.score_runs
    ADD CONSTRAINT score_runs_brief_fkey FOREIGN KEY (workspace_id, brief_id) REFERENCES public.briefs(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_workspace_id_person_id_fkey FOREIGN KEY (workspace_id, person_id) REFERENCES public.members(workspace_id, person_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.shortlist_comments
    ADD CONSTRAINT shortlist_comments_influencer_fkey FOREIGN KEY (workspace_id, influencer_id) REFERENCES public.influencers(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.shortlist_comments
    ADD CONSTRAINT shortlist_comments_list_fkey FOREIGN KEY (workspace_id, shortlist_id) REFERENCES public.shortlists(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.shortlist_comments
    ADD CONSTRAINT shortlist_comments_share_fkey FOREIGN KEY (workspace_id, share_id) REFERENCES public.shortlist_shares(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.shortlist_items
    ADD CONSTRAINT shortlist_items_influencer_fkey FOREIGN KEY (workspace_id, influencer_id) REFERENCES public.influencers(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.shortlist_items
    ADD CONSTRAINT shortlist_items_list_fkey FOREIGN KEY (workspace_id, shortlist_id) REFERENCES public.shortlists(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.shortlist_shares
    ADD CONSTRAINT shortlist_shares_list_fkey FOREIGN KEY (workspace_id, shortlist_id) REFERENCES public.shortlists(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.shortlists
    ADD CONSTRAINT shortlists_brief_fkey FOREIGN KEY (workspace_id, brief_id) REFERENCES public.briefs(workspace_id, id) ON DELETE SET NULL (brief_id);

ALTER TABLE ONLY public.shortlists
    ADD CONSTRAINT shortlists_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.site_events
    ADD CONSTRAINT site_events_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.statements
    ADD CONSTRAINT statements_alert_fkey FOREIGN KEY (workspace_id, alert_id) REFERENCES public.alerts(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.terms_acceptances
    ADD CONSTRAINT terms_acceptances_partner_fkey FOREIGN KEY (workspace_id, partner_id) REFERENCES public.partners(workspace_id, id);

ALTER TABLE ONLY public.terms_acceptances
    ADD CONSTRAINT terms_acceptances_terms_fkey FOREIGN KEY (workspace_id, program_id, version) REFERENCES public.program_terms(workspace_id, program_id, version);

ALTER TABLE ONLY public.track_keys
    ADD CONSTRAINT track_keys_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.voucher_pools
    ADD CONSTRAINT voucher_pools_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE ONLY public.vouchers
    ADD CONSTRAINT vouchers_pool_fkey FOREIGN KEY (workspace_id, pool_id) REFERENCES public.voucher_pools(workspace_id, id);

ALTER TABLE ONLY public.word_lists
    ADD CONSTRAINT word_lists_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id);

ALTER TABLE public.account_activity ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.account_authority ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.account_growth ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.advocacy_report_zones ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.advocacy_reports ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.advocacy_terms ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.advocate_deeds ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.advocate_keys ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.advocates ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.alert_rules ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.alerts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.api_keys ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.applications ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.audience_codes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.audit_log ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.brand_accounts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.brand_posts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.brand_snapshots ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.brands ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.briefs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.claim_ends ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.claim_evidence ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.claim_notes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.claims ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.click_marks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.click_rollups ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.click_rules ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.click_uniques ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.clicks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.commissions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.comparisons ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.consent_texts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.consents ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.content_settings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.content_spaces ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.content_texts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.content_vectors ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.conversion_refs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.conversion_reports ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.conversion_touches ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.conversion_waits ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.conversions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.coupon_history ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.coupons ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.customer_keys ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.customers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.disclosure_checks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.disclosure_findings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.disclosure_marks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.disclosure_watches ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.early_reports ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.earning_marks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.edge_changes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.edge_graphs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.edge_nodes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.edges ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.emv_rate_tables ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.file_chunks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.files ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.follower_counters ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.follower_samples ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.follower_sets ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.follower_tombstones ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.followers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.fx_rates ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.graph_arrays ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.graph_chunks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.graph_columns ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.graph_results ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.graph_uploads ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.graphs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.idempotency_keys ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.import_chunks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.import_rejects ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.imports ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.inbound_deliveries ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.influencer_accounts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.influencer_audiences ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.influencer_contacts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.influencer_deletions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.influencer_merges ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.influencer_names ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.influencer_posts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.influencer_rates ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.influencer_search ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.influencer_snapshots ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.influencer_tombstones ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.influencers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.integration_secrets ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.integrations ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.invitations ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.jobs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.join_pages ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.join_requests ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ledger_accounts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ledger_entries ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ledger_postings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.links ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.listening_events ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.listening_queries ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.members ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.mention_fetches ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.mention_matches ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.mention_search ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.mention_sources ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.mention_spikes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.mentions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.model_pointers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.models ENABLE ROW LEVEL SECURITY;

CREATE POLICY no_partner ON public.account_activity AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.account_authority AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.account_growth AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.advocacy_report_zones AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.advocacy_reports AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.advocate_keys AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.alert_rules AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.alerts AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.applications AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.audience_codes AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.brand_accounts AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.brand_posts AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.brand_snapshots AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.brands AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.briefs AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.claim_notes AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.click_rules AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.click_uniques AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.comparisons AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.consent_texts AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.consents AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.content_settings AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.content_spaces AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.content_texts AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.content_vectors AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.conversion_refs AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.conversion_reports AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.conversion_waits AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.coupon_history AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.customer_keys AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.customers AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.disclosure_checks AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.disclosure_findings AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.disclosure_marks AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.disclosure_watches AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.early_reports AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.earning_marks AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.edge_changes AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.edge_graphs AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.edge_nodes AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.edges AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.emv_rate_tables AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.follower_counters AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.follower_samples AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.follower_sets AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.follower_tombstones AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.followers AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.fx_rates AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.graph_arrays AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.graph_chunks AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.graph_columns AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.graph_results AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.graph_uploads AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.graphs AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.import_chunks AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.import_rejects AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.imports AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.inbound_deliveries AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.influencer_accounts AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.influencer_audiences AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.influencer_contacts AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.influencer_deletions AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.influencer_merges AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.influencer_names AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.influencer_posts AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.influencer_rates AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.influencer_search AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.influencer_snapshots AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.influencer_tombstones AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.influencers AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.integration_secrets AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.integrations AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.invitations AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.jobs AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.join_requests AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.listening_events AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.listening_queries AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.members AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.mention_fetches AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.mention_matches AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.mention_search AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.mention_sources AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.mention_spikes AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.mentions AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.model_pointers AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.models AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.notice_optouts AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.notices AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.nps_answers AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.nps_invites AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.nps_surveys AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.obligation_sums AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.outcomes AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.partner_external_ids AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.payout_runs AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.payout_skips AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.personas AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.promotion_codes AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.reach_answers AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.reach_plan_members AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.reach_plans AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.referral_changes AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.referral_checks AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.referral_evidence AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.referral_forests AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.referral_keys AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.referral_marks AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.referral_nodes AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.referral_parts AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.refunds AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.review_decisions AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.review_findings AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.review_flags AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.review_keys AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.review_rules AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.review_settings AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.review_visits AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.reviews AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.reward_sums AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.saved_searches AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.score_contexts AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.score_records AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.score_runs AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.sessions AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.shortlist_comments AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.shortlist_items AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.shortlist_shares AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.shortlists AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.site_events AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.statements AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.track_keys AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.voucher_pools AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.vouchers AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner ON public.word_lists AS RESTRICTIVE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner_delete ON public.audit_log AS RESTRICTIVE FOR DELETE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner_delete ON public.click_marks AS RESTRICTIVE FOR DELETE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner_delete ON public.outbox AS RESTRICTIVE FOR DELETE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner_delete ON public.workspaces AS RESTRICTIVE FOR DELETE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner_insert ON public.click_marks AS RESTRICTIVE FOR INSERT TO app WITH CHECK (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner_insert ON public.workspaces AS RESTRICTIVE FOR INSERT TO app WITH CHECK (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner_select ON public.audit_log AS RESTRICTIVE FOR SELECT TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner_select ON public.outbox AS RESTRICTIVE FOR SELECT TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner_update ON public.audit_log AS RESTRICTIVE FOR UPDATE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner_update ON public.click_marks AS RESTRICTIVE FOR UPDATE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner_update ON public.outbox AS RESTRICTIVE FOR UPDATE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

CREATE POLICY no_partner_update ON public.workspaces AS RESTRICTIVE FOR UPDATE TO app USING (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL));

ALTER TABLE public.notice_optouts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.notices ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.nps_answers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.nps_invites ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.nps_surveys ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.obligation_sums ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.outbox ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.outcomes ENABLE ROW LEVEL SECURITY;

CREATE POLICY owner ON public.account_activity TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.account_authority TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.account_growth TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.advocacy_report_zones TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.advocacy_reports TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.advocacy_terms TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.advocate_deeds TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.advocate_keys TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.advocates TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.alert_rules TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.alerts TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.api_keys TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.applications TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.audience_codes TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.audit_log TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.brand_accounts TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.brand_posts TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.brand_snapshots TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.brands TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.briefs TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.claim_ends TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.claim_evidence TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.claim_notes TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.claims TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.click_marks TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.click_rollups TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.click_rules TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.click_uniques TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.clicks TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.commissions TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.comparisons TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.consent_texts TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.consents TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.content_settings TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.content_spaces TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.content_texts TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.content_vectors TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.conversion_refs TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.conversion_reports TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.conversion_touches TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.conversion_waits TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.conversions TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.coupon_history TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.coupons TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.customer_keys TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.customers TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.disclosure_checks TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.disclosure_findings TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.disclosure_marks TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.disclosure_watches TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.early_reports TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.earning_marks TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.edge_changes TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.edge_graphs TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.edge_nodes TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.edges TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.emv_rate_tables TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.file_chunks TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.files TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.follower_counters TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.follower_samples TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.follower_sets TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.follower_tombstones TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.followers TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.fx_rates TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.graph_arrays TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.graph_chunks TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.graph_columns TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.graph_results TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.graph_uploads TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.graphs TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.idempotency_keys TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.import_chunks TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.import_rejects TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.imports TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.inbound_deliveries TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.influencer_accounts TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.influencer_audiences TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.influencer_contacts TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.influencer_deletions TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.influencer_merges TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.influencer_names TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.influencer_posts TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.influencer_rates TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.influencer_search TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.influencer_snapshots TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.influencer_tombstones TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.influencers TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.integration_secrets TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.integrations TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.invitations TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.jobs TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.join_pages TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.join_requests TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.ledger_accounts TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.ledger_entries TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.ledger_postings TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.links TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.listening_events TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.listening_queries TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.members TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.mention_fetches TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.mention_matches TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.mention_search TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.mention_sources TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.mention_spikes TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.mentions TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.model_pointers TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.models TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.notice_optouts TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.notices TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.nps_answers TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.nps_invites TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.nps_surveys TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.obligation_sums TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.outbox TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.outcomes TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.partner_click_hours TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.partner_click_rollups TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.partner_external_ids TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.partner_history TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.partner_invitations TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.partner_preferences TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.partner_sessions TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.partner_users TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.partners TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.payout_accounts TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.payout_items TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.payout_runs TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.payout_skips TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.payouts TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.personas TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.postback_deliveries TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.postback_told TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.postbacks TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.program_history TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.program_terms TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.programs TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.promotion_codes TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.reach_answers TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.reach_plan_members TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.reach_plans TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.redemptions TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.referral_changes TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.referral_checks TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.referral_evidence TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.referral_forests TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.referral_keys TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.referral_marks TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.referral_nodes TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.referral_parts TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.referrals TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.refunds TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.reported_totals TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.review_decisions TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.review_findings TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.review_flags TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.review_keys TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.review_rules TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.review_settings TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.review_visits TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.reviews TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.reward_sums TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.rewards TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.saved_searches TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.score_contexts TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.score_records TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.score_runs TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.sessions TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.shortlist_comments TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.shortlist_items TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.shortlist_shares TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.shortlists TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.site_events TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.statements TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.terms_acceptances TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.track_keys TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.voucher_pools TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.vouchers TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.word_lists TO elci USING (true) WITH CHECK (true);

CREATE POLICY owner ON public.workspaces TO elci USING (true) WITH CHECK (true);

ALTER TABLE public.partner_click_hours ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.partner_click_rollups ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.partner_external_ids ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.partner_history ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.partner_invitations ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.partner_preferences ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.partner_sessions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.partner_users ENABLE ROW LEVEL SECURITY;

CREATE POLICY partner_wall ON public.advocacy_terms AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (program_id = ANY (ARRAY( SELECT a.program_id
       FROM public.advocates a
      WHERE ((a.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (a.partner_id = ANY (ARRAY( SELECT p.id
               FROM public.partners p
              WHERE ((p.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.id) OR ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.merged_into))))))))))
END);

CREATE POLICY partner_wall ON public.advocate_deeds AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (partner_id = ANY (ARRAY( SELECT p.id
       FROM public.partners p
      WHERE ((p.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.id) OR ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.merged_into))))))
END);

CREATE POLICY partner_wall ON public.advocates AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (partner_id = ANY (ARRAY( SELECT p.id
       FROM public.partners p
      WHERE ((p.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.id) OR ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.merged_into))))))
END);

CREATE POLICY partner_wall ON public.api_keys AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (partner_id = (NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid)
END);

CREATE POLICY partner_wall ON public.claim_ends AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (partner_id = ANY (ARRAY( SELECT p.id
       FROM public.partners p
      WHERE ((p.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.id) OR ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.merged_into))))))
END);

CREATE POLICY partner_wall ON public.claim_evidence AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (partner_id = ANY (ARRAY( SELECT p.id
       FROM public.partners p
      WHERE ((p.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.id) OR ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.merged_into))))))
END);

CREATE POLICY partner_wall ON public.claims AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (partner_id = ANY (ARRAY( SELECT p.id
       FROM public.partners p
      WHERE ((p.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.id) OR ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.merged_into))))))
END);

CREATE POLICY partner_wall ON public.click_rollups AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (partner_id = ANY (ARRAY( SELECT p.id
       FROM public.partners p
      WHERE ((p.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.id) OR ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.merged_into))))))
END);

CREATE POLICY partner_wall ON public.clicks AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (partner_id = ANY (ARRAY( SELECT p.id
       FROM public.partners p
      WHERE ((p.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.id) OR ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.merged_into))))))
END);

CREATE POLICY partner_wall ON public.commissions AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (partner_id = ANY (ARRAY( SELECT p.id
       FROM public.partners p
      WHERE ((p.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.id) OR ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.merged_into))))))
END);

CREATE POLICY partner_wall ON public.conversion_touches AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (partner_id = ANY (ARRAY( SELECT p.id
       FROM public.partners p
      WHERE ((p.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.id) OR ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.merged_into))))))
END);

CREATE POLICY partner_wall ON public.conversions AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (EXISTS ( SELECT
       FROM public.conversion_touches t
      WHERE ((t.workspace_id = conversions.workspace_id) AND (t.conversion_id = conversions.id) AND (t.partner_id = ANY (ARRAY( SELECT p.id
               FROM public.partners p
              WHERE ((p.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.id) OR ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.merged_into)))))) AND (t.share > (0)::numeric))))
END);

CREATE POLICY partner_wall ON public.coupons AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (partner_id = (NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid)
END);

CREATE POLICY partner_wall ON public.file_chunks AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (EXISTS ( SELECT
       FROM public.files f
      WHERE ((f.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (f.id = file_chunks.file_id) AND (f.partner_id = ANY (ARRAY( SELECT p.id
               FROM public.partners p
              WHERE ((p.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.id) OR ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.merged_into)))))))))
END);

CREATE POLICY partner_wall ON public.files AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (partner_id = ANY (ARRAY( SELECT p.id
       FROM public.partners p
      WHERE ((p.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.id) OR ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.merged_into))))))
END);

CREATE POLICY partner_wall ON public.join_pages AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (program_id = ANY (ARRAY( SELECT a.program_id
       FROM public.advocates a
      WHERE ((a.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (a.partner_id = ANY (ARRAY( SELECT p.id
               FROM public.partners p
              WHERE ((p.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.id) OR ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.merged_into))))))))))
END);

CREATE POLICY partner_wall ON public.ledger_accounts AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (partner_id = ANY (ARRAY( SELECT p.id
       FROM public.partners p
      WHERE ((p.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.id) OR ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.merged_into))))))
END);

CREATE POLICY partner_wall ON public.ledger_entries AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (partner_id = ANY (ARRAY( SELECT p.id
       FROM public.partners p
      WHERE ((p.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.id) OR ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.merged_into))))))
END);

CREATE POLICY partner_wall ON public.ledger_postings AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (account_id IN ( SELECT a.id
       FROM public.ledger_accounts a
      WHERE (a.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)))
END);

CREATE POLICY partner_wall ON public.links AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (partner_id = (NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid)
END);

CREATE POLICY partner_wall ON public.partner_click_hours AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (partner_id = ANY (ARRAY( SELECT p.id
       FROM public.partners p
      WHERE ((p.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.id) OR ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.merged_into))))))
END);

CREATE POLICY partner_wall ON public.partner_click_rollups AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (partner_id = ANY (ARRAY( SELECT p.id
       FROM public.partners p
      WHERE ((p.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.id) OR ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.merged_into))))))
END);

CREATE POLICY partner_wall ON public.partner_history AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (partner_id = ANY (ARRAY( SELECT p.id
       FROM public.partners p
      WHERE ((p.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.id) OR ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.merged_into))))))
END);

CREATE POLICY partner_wall ON public.partner_invitations AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (partner_id = (NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid)
END);

CREATE POLICY partner_wall ON public.partner_preferences AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (partner_id = (NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid)
END);

CREATE POLICY partner_wall ON public.partner_sessions AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (partner_id = (NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid)
END);

CREATE POLICY partner_wall ON public.partner_users AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (partner_id = (NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid)
END);

CREATE POLICY partner_wall ON public.partners AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = id) OR ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = merged_into))
END);

CREATE POLICY partner_wall ON public.payout_accounts AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (partner_id = ANY (ARRAY( SELECT p.id
       FROM public.partners p
      WHERE ((p.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.id) OR ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.merged_into))))))
END);

CREATE POLICY partner_wall ON public.payout_items AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (partner_id = ANY (ARRAY( SELECT p.id
       FROM public.partners p
      WHERE ((p.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.id) OR ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.merged_into))))))
END);

CREATE POLICY partner_wall ON public.payouts AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (partner_id = ANY (ARRAY( SELECT p.id
       FROM public.partners p
      WHERE ((p.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.id) OR ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.merged_into))))))
END);

CREATE POLICY partner_wall ON public.postback_deliveries AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (partner_id = ANY (ARRAY( SELECT p.id
       FROM public.partners p
      WHERE ((p.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.id) OR ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.merged_into))))))
END);

CREATE POLICY partner_wall ON public.postback_told AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (partner_id = ANY (ARRAY( SELECT p.id
       FROM public.partners p
      WHERE ((p.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.id) OR ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.merged_into))))))
END);

CREATE POLICY partner_wall ON public.postbacks AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (partner_id = ANY (ARRAY( SELECT p.id
       FROM public.partners p
      WHERE ((p.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.id) OR ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.merged_into))))))
END);

CREATE POLICY partner_wall ON public.program_history AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (EXISTS ( SELECT
       FROM public.partner_history h
      WHERE ((h.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (h.program_id = program_history.program_id) AND (h.partner_id = ANY (ARRAY( SELECT p.id
               FROM public.partners p
              WHERE ((p.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.id) OR ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.merged_into)))))))))
END);

CREATE POLICY partner_wall ON public.program_terms AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (EXISTS ( SELECT
       FROM public.partner_history h
      WHERE ((h.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (h.program_id = program_terms.program_id) AND (h.partner_id = ANY (ARRAY( SELECT p.id
               FROM public.partners p
              WHERE ((p.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.id) OR ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.merged_into)))))))))
END);

CREATE POLICY partner_wall ON public.programs AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (EXISTS ( SELECT
       FROM public.partner_history h
      WHERE ((h.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (h.program_id = programs.id) AND (h.partner_id = ANY (ARRAY( SELECT p.id
               FROM public.partners p
              WHERE ((p.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.id) OR ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.merged_into)))))))))
END);

CREATE POLICY partner_wall ON public.redemptions AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (partner_id = ANY (ARRAY( SELECT p.id
       FROM public.partners p
      WHERE ((p.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.id) OR ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.merged_into))))))
END);

CREATE POLICY partner_wall ON public.referrals AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (partner_id = ANY (ARRAY( SELECT p.id
       FROM public.partners p
      WHERE ((p.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.id) OR ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.merged_into))))))
END);

CREATE POLICY partner_wall ON public.reported_totals AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (partner_id = (NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid)
END);

CREATE POLICY partner_wall ON public.rewards AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (partner_id = ANY (ARRAY( SELECT p.id
       FROM public.partners p
      WHERE ((p.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.id) OR ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.merged_into))))))
END);

CREATE POLICY partner_wall ON public.terms_acceptances AS RESTRICTIVE TO app USING (
CASE
    WHEN ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid IS NULL) THEN true
    ELSE (partner_id = ANY (ARRAY( SELECT p.id
       FROM public.partners p
      WHERE ((p.workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid) AND (((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.id) OR ((NULLIF(current_setting('app.partner_id'::text, true), ''::text))::uuid = p.merged_into))))))
END);

ALTER TABLE public.partners ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.payout_accounts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.payout_items ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.payout_runs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.payout_skips ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.payouts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.personas ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.postback_deliveries ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.postback_told ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.postbacks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.program_history ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.program_terms ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.programs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.promotion_codes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.reach_answers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.reach_plan_members ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.reach_plans ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.redemptions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.referral_changes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.referral_checks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.referral_evidence ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.referral_forests ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.referral_keys ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.referral_marks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.referral_nodes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.referral_parts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.referrals ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.refunds ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.reported_totals ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.review_decisions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.review_findings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.review_flags ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.review_keys ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.review_rules ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.review_settings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.review_visits ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.reviews ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.reward_sums ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.rewards ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.saved_searches ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.score_contexts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.score_records ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.score_runs ENABLE ROW LEVEL SECURITY;

CREATE POLICY search ON public.influencer_names FOR SELECT TO search USING (true);

CREATE POLICY search ON public.influencer_search FOR SELECT TO search USING (true);

CREATE POLICY search ON public.mention_matches FOR SELECT TO search USING (true);

CREATE POLICY search ON public.mention_search FOR SELECT TO search USING (true);

ALTER TABLE public.sessions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.shortlist_comments ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.shortlist_items ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.shortlist_shares ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.shortlists ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.site_events ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.statements ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.terms_acceptances ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.track_keys ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.voucher_pools ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.vouchers ENABLE ROW LEVEL SECURITY;

CREATE POLICY wall ON public.account_activity TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.account_authority TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.account_growth TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.advocacy_report_zones TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.advocacy_reports TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.advocacy_terms TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.advocate_deeds TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.advocate_keys TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.advocates TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.alert_rules TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.alerts TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.api_keys TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.applications TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.audience_codes TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.audit_log TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.brand_accounts TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.brand_posts TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.brand_snapshots TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.brands TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.briefs TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.claim_ends TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.claim_evidence TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.claim_notes TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.claims TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.click_marks TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.click_rollups TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.click_rules TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.click_uniques TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.clicks TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.commissions TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.comparisons TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.consent_texts TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.consents TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.content_settings TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.content_spaces TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.content_texts TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.content_vectors TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.conversion_refs TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.conversion_reports TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.conversion_touches TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.conversion_waits TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.conversions TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.coupon_history TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.coupons TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.customer_keys TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.customers TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.disclosure_checks TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.disclosure_findings TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.disclosure_marks TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.disclosure_watches TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.early_reports TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.earning_marks TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.edge_changes TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.edge_graphs TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.edge_nodes TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.edges TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.emv_rate_tables TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.file_chunks TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.files TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.follower_counters TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.follower_samples TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.follower_sets TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.follower_tombstones TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.followers TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.fx_rates TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.graph_arrays TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.graph_chunks TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.graph_columns TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.graph_results TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.graph_uploads TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.graphs TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.idempotency_keys TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.import_chunks TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.import_rejects TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.imports TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.inbound_deliveries TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.influencer_accounts TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.influencer_audiences TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.influencer_contacts TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.influencer_deletions TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.influencer_merges TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.influencer_names TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.influencer_posts TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.influencer_rates TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.influencer_search TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.influencer_snapshots TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.influencer_tombstones TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.influencers TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.integration_secrets TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.integrations TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.invitations TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.jobs TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.join_pages TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.join_requests TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.ledger_accounts TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.ledger_entries TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.ledger_postings TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.links TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.listening_events TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.listening_queries TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.members TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.mention_fetches TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.mention_matches TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.mention_search TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.mention_sources TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.mention_spikes TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.mentions TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.model_pointers TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.models TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.notice_optouts TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.notices TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.nps_answers TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.nps_invites TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.nps_surveys TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.obligation_sums TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.outbox TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.outcomes TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.partner_click_hours TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.partner_click_rollups TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.partner_external_ids TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.partner_history TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.partner_invitations TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.partner_preferences TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.partner_sessions TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.partner_users TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.partners TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.payout_accounts TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.payout_items TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.payout_runs TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.payout_skips TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.payouts TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.personas TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.postback_deliveries TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.postback_told TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.postbacks TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.program_history TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.program_terms TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.programs TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.promotion_codes TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.reach_answers TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.reach_plan_members TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.reach_plans TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.redemptions TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.referral_changes TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.referral_checks TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.referral_evidence TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.referral_forests TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.referral_keys TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.referral_marks TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.referral_nodes TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.referral_parts TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.referrals TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.refunds TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.reported_totals TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.review_decisions TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.review_findings TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.review_flags TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.review_keys TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.review_rules TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.review_settings TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.review_visits TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.reviews TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.reward_sums TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.rewards TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.saved_searches TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.score_contexts TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.score_records TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.score_runs TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.sessions TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.shortlist_comments TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.shortlist_items TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.shortlist_shares TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.shortlists TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.site_events TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.statements TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.terms_acceptances TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.track_keys TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.voucher_pools TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.vouchers TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.word_lists TO app USING ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((workspace_id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

CREATE POLICY wall ON public.workspaces TO app USING ((id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid)) WITH CHECK ((id = (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid));

ALTER TABLE public.word_lists ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.workspaces ENABLE ROW LEVEL SECURITY;
