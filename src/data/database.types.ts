// Made from the migrations by `npm run types`; a test fails when it is stale. Not edited by hand.
export type Json = string | number | boolean | null | {
  [key: string]: Json | undefined
} | Json[]
export type Database = {
  "public": {
    Tables: {
      "assignment_care": {
        Row: {
          "frail_member_id": number
          "member_id": number
          "plan_id": string
        }
        ComputedFields: never
        Insert: {
          "frail_member_id": number
          "member_id": number
          "plan_id": string
        }
        Update: {
          "frail_member_id"?: number
          "member_id"?: number
          "plan_id"?: string
        }
        Relationships: [
          {
            foreignKeyName: "assignment_care_frail_member_id_fkey"
            columns: [
              "frail_member_id"
            ]
            isOneToOne: false
            referencedRelation: "members"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "assignment_care_member_id_fkey"
            columns: [
              "member_id"
            ]
            isOneToOne: false
            referencedRelation: "members"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "assignment_care_plan_id_fkey"
            columns: [
              "plan_id"
            ]
            isOneToOne: false
            referencedRelation: "assignment_plans"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "assignment_editions": {
        Row: {
          "changed_care": number
          "changed_households": number
          "changed_terms": number
          "community_id": number
          "households": number
          "id": number
          "mode": Database["public"]["Enums"]["assignment_mode"]
          "note": string
          "number": number
          "plan_id": string | null
          "published_by": string | null
          "served_households": number
          "valid_from": string
          "valid_to": string | null
        }
        ComputedFields: never
        Insert: {
          "changed_care"?: number
          "changed_households"?: number
          "changed_terms"?: number
          "community_id": number
          "households"?: number
          "id"?: number
          "mode"?: Database["public"]["Enums"]["assignment_mode"]
          "note"?: string
          "number": number
          "plan_id"?: string | null
          "published_by"?: string | null
          "served_households"?: number
          "valid_from"?: string
          "valid_to"?: string | null
        }
        Update: {
          "changed_care"?: number
          "changed_households"?: number
          "changed_terms"?: number
          "community_id"?: number
          "households"?: number
          "id"?: number
          "mode"?: Database["public"]["Enums"]["assignment_mode"]
          "note"?: string
          "number"?: number
          "plan_id"?: string | null
          "published_by"?: string | null
          "served_households"?: number
          "valid_from"?: string
          "valid_to"?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "assignment_editions_community_id_fkey"
            columns: [
              "community_id"
            ]
            isOneToOne: false
            referencedRelation: "org_units"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "assignment_editions_plan_id_fkey"
            columns: [
              "plan_id"
            ]
            isOneToOne: false
            referencedRelation: "assignment_plans"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "assignment_editions_published_by_fkey"
            columns: [
              "published_by"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "assignment_edits": {
        Row: {
          "at": string
          "delta": NonNullable<Json>
          "note": NonNullable<Json>
          "person_id": string | null
          "plan_id": string
          "revision": number
          "seq": number
        }
        ComputedFields: never
        Insert: {
          "at"?: string
          "delta": NonNullable<Json>
          "note"?: NonNullable<Json>
          "person_id"?: string | null
          "plan_id": string
          "revision": number
          "seq": number
        }
        Update: {
          "at"?: string
          "delta"?: NonNullable<Json>
          "note"?: NonNullable<Json>
          "person_id"?: string | null
          "plan_id"?: string
          "revision"?: number
          "seq"?: number
        }
        Relationships: [
          {
            foreignKeyName: "assignment_edits_person_id_fkey"
            columns: [
              "person_id"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "assignment_edits_plan_id_fkey"
            columns: [
              "plan_id"
            ]
            isOneToOne: false
            referencedRelation: "assignment_plans"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "assignment_exclusions": {
        Row: {
          "household_id": number
          "member_id": number
          "plan_id": string
          "reason": string
        }
        ComputedFields: never
        Insert: {
          "household_id": number
          "member_id": number
          "plan_id": string
          "reason": string
        }
        Update: {
          "household_id"?: number
          "member_id"?: number
          "plan_id"?: string
          "reason"?: string
        }
        Relationships: [
          {
            foreignKeyName: "assignment_exclusions_household_id_fkey"
            columns: [
              "household_id"
            ]
            isOneToOne: false
            referencedRelation: "households"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "assignment_exclusions_member_id_fkey"
            columns: [
              "member_id"
            ]
            isOneToOne: false
            referencedRelation: "members"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "assignment_exclusions_plan_id_fkey"
            columns: [
              "plan_id"
            ]
            isOneToOne: false
            referencedRelation: "assignment_plans"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "assignment_modes": {
        Row: {
          "community_id": number
          "mode": Database["public"]["Enums"]["assignment_mode"]
          "plan_id": string
        }
        ComputedFields: never
        Insert: {
          "community_id": number
          "mode": Database["public"]["Enums"]["assignment_mode"]
          "plan_id": string
        }
        Update: {
          "community_id"?: number
          "mode"?: Database["public"]["Enums"]["assignment_mode"]
          "plan_id"?: string
        }
        Relationships: [
          {
            foreignKeyName: "assignment_modes_community_id_fkey"
            columns: [
              "community_id"
            ]
            isOneToOne: false
            referencedRelation: "org_units"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "assignment_modes_plan_id_fkey"
            columns: [
              "plan_id"
            ]
            isOneToOne: false
            referencedRelation: "assignment_plans"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "assignment_plans": {
        Row: {
          "aims": Json | null
          "base_numbers": (number)[]
          "community_ids": (number)[]
          "created_at": string
          "created_by": string | null
          "id": string
          "land_id": number
          "number": number
          "org_unit_id": number
          "published_at": string | null
          "revision": number
          "status": Database["public"]["Enums"]["plan_status"]
          "title": string
          "updated_at": string
        }
        ComputedFields: never
        Insert: {
          "aims"?: Json | null
          "base_numbers": (number)[]
          "community_ids": (number)[]
          "created_at"?: string
          "created_by"?: string | null
          "id"?: string
          "land_id": number
          "number": number
          "org_unit_id": number
          "published_at"?: string | null
          "revision"?: number
          "status"?: Database["public"]["Enums"]["plan_status"]
          "title": string
          "updated_at"?: string
        }
        Update: {
          "aims"?: Json | null
          "base_numbers"?: (number)[]
          "community_ids"?: (number)[]
          "created_at"?: string
          "created_by"?: string | null
          "id"?: string
          "land_id"?: number
          "number"?: number
          "org_unit_id"?: number
          "published_at"?: string | null
          "revision"?: number
          "status"?: Database["public"]["Enums"]["plan_status"]
          "title"?: string
          "updated_at"?: string
        }
        Relationships: [
          {
            foreignKeyName: "assignment_plans_created_by_fkey"
            columns: [
              "created_by"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "assignment_plans_land_id_fkey"
            columns: [
              "land_id"
            ]
            isOneToOne: false
            referencedRelation: "lands"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "assignment_plans_org_unit_id_fkey"
            columns: [
              "org_unit_id"
            ]
            isOneToOne: false
            referencedRelation: "org_units"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "assignment_terms": {
        Row: {
          "exempt_reason": string | null
          "max_households": number | null
          "member_id": number
          "min_households": number | null
          "plan_id": string
          "reach_m": number | null
        }
        ComputedFields: never
        Insert: {
          "exempt_reason"?: string | null
          "max_households"?: number | null
          "member_id": number
          "min_households"?: number | null
          "plan_id": string
          "reach_m"?: number | null
        }
        Update: {
          "exempt_reason"?: string | null
          "max_households"?: number | null
          "member_id"?: number
          "min_households"?: number | null
          "plan_id"?: string
          "reach_m"?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "assignment_terms_member_id_fkey"
            columns: [
              "member_id"
            ]
            isOneToOne: false
            referencedRelation: "members"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "assignment_terms_plan_id_fkey"
            columns: [
              "plan_id"
            ]
            isOneToOne: false
            referencedRelation: "assignment_plans"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "assignment_ties": {
        Row: {
          "household_id": number
          "member_id": number | null
          "pinned": boolean
          "plan_id": string
        }
        ComputedFields: never
        Insert: {
          "household_id": number
          "member_id"?: number | null
          "pinned"?: boolean
          "plan_id": string
        }
        Update: {
          "household_id"?: number
          "member_id"?: number | null
          "pinned"?: boolean
          "plan_id"?: string
        }
        Relationships: [
          {
            foreignKeyName: "assignment_ties_household_id_fkey"
            columns: [
              "household_id"
            ]
            isOneToOne: false
            referencedRelation: "households"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "assignment_ties_member_id_fkey"
            columns: [
              "member_id"
            ]
            isOneToOne: false
            referencedRelation: "members"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "assignment_ties_plan_id_fkey"
            columns: [
              "plan_id"
            ]
            isOneToOne: false
            referencedRelation: "assignment_plans"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "assignment_waivers": {
        Row: {
          "at": string
          "code": string
          "community_id": number | null
          "id": number
          "member_id": number | null
          "person_id": string | null
          "plan_id": string
          "reason": string
        }
        ComputedFields: never
        Insert: {
          "at"?: string
          "code": string
          "community_id"?: number | null
          "id"?: never
          "member_id"?: number | null
          "person_id"?: string | null
          "plan_id": string
          "reason": string
        }
        Update: {
          "at"?: string
          "code"?: string
          "community_id"?: number | null
          "id"?: never
          "member_id"?: number | null
          "person_id"?: string | null
          "plan_id"?: string
          "reason"?: string
        }
        Relationships: [
          {
            foreignKeyName: "assignment_waivers_community_id_fkey"
            columns: [
              "community_id"
            ]
            isOneToOne: false
            referencedRelation: "org_units"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "assignment_waivers_member_id_fkey"
            columns: [
              "member_id"
            ]
            isOneToOne: false
            referencedRelation: "members"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "assignment_waivers_person_id_fkey"
            columns: [
              "person_id"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "assignment_waivers_plan_id_fkey"
            columns: [
              "plan_id"
            ]
            isOneToOne: false
            referencedRelation: "assignment_plans"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "audit_log": {
        Row: {
          "action": string
          "at": string
          "detail": NonNullable<Json>
          "hash": string
          "id": number
          "object_id": string
          "object_type": string
          "org_unit_id": number | null
          "person_id": string | null
        }
        ComputedFields: never
        Insert: {
          "action": string
          "at"?: string
          "detail"?: NonNullable<Json>
          "hash": string
          "id"?: never
          "object_id": string
          "object_type": string
          "org_unit_id"?: number | null
          "person_id"?: string | null
        }
        Update: {
          "action"?: string
          "at"?: string
          "detail"?: NonNullable<Json>
          "hash"?: string
          "id"?: never
          "object_id"?: string
          "object_type"?: string
          "org_unit_id"?: number | null
          "person_id"?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "audit_log_org_unit_id_fkey"
            columns: [
              "org_unit_id"
            ]
            isOneToOne: false
            referencedRelation: "org_units"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "building_access": {
        Row: {
          "access_cm": number
          "building_id": number
          "community_id": number
          "land_id": number
          "station_ids": (number)[]
          "walk_cm": (number)[]
        }
        ComputedFields: never
        Insert: {
          "access_cm": number
          "building_id": number
          "community_id": number
          "land_id": number
          "station_ids": (number)[]
          "walk_cm": (number)[]
        }
        Update: {
          "access_cm"?: number
          "building_id"?: number
          "community_id"?: number
          "land_id"?: number
          "station_ids"?: (number)[]
          "walk_cm"?: (number)[]
        }
        Relationships: [
          {
            foreignKeyName: "building_access_building_id_fkey"
            columns: [
              "building_id"
            ]
            isOneToOne: true
            referencedRelation: "buildings"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "building_access_community_id_fkey"
            columns: [
              "community_id"
            ]
            isOneToOne: false
            referencedRelation: "org_units"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "building_access_land_id_fkey"
            columns: [
              "land_id"
            ]
            isOneToOne: false
            referencedRelation: "lands"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "buildings": {
        Row: {
          "address": string
          "cell_id": number | null
          "community_id": number
          "compound_id": number | null
          "floors": number
          "geom": unknown
          "id": number
          "initials": string
          "kind": string
          "land_id": number
          "name": string
          "needs_review": string | null
          "point": unknown
          "source_ref": string | null
          "underground": boolean
        }
        ComputedFields: never
        Insert: {
          "address"?: string
          "cell_id"?: number | null
          "community_id": number
          "compound_id"?: number | null
          "floors"?: number
          "geom": unknown
          "id"?: number
          "initials"?: string
          "kind"?: string
          "land_id": number
          "name"?: string
          "needs_review"?: string | null
          "point": unknown
          "source_ref"?: string | null
          "underground"?: boolean
        }
        Update: {
          "address"?: string
          "cell_id"?: number | null
          "community_id"?: number
          "compound_id"?: number | null
          "floors"?: number
          "geom"?: unknown
          "id"?: number
          "initials"?: string
          "kind"?: string
          "land_id"?: number
          "name"?: string
          "needs_review"?: string | null
          "point"?: unknown
          "source_ref"?: string | null
          "underground"?: boolean
        }
        Relationships: [
          {
            foreignKeyName: "buildings_cell_id_fkey"
            columns: [
              "cell_id"
            ]
            isOneToOne: false
            referencedRelation: "cells"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "buildings_community_id_fkey"
            columns: [
              "community_id"
            ]
            isOneToOne: false
            referencedRelation: "org_units"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "buildings_compound_id_fkey"
            columns: [
              "compound_id"
            ]
            isOneToOne: false
            referencedRelation: "compounds"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "buildings_land_id_fkey"
            columns: [
              "land_id"
            ]
            isOneToOne: false
            referencedRelation: "lands"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "cells": {
        Row: {
          "area_m2": number
          "community_id": number
          "from_edition": number
          "id": number
          "label_x": number
          "label_y": number
          "land_id": number
          "needs_review": string | null
          "to_edition": number | null
        }
        ComputedFields: never
        Insert: {
          "area_m2": number
          "community_id": number
          "from_edition"?: number
          "id"?: number
          "label_x": number
          "label_y": number
          "land_id": number
          "needs_review"?: string | null
          "to_edition"?: number | null
        }
        Update: {
          "area_m2"?: number
          "community_id"?: number
          "from_edition"?: number
          "id"?: number
          "label_x"?: number
          "label_y"?: number
          "land_id"?: number
          "needs_review"?: string | null
          "to_edition"?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "cells_community_id_fkey"
            columns: [
              "community_id"
            ]
            isOneToOne: false
            referencedRelation: "org_units"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "cells_land_id_fkey"
            columns: [
              "land_id"
            ]
            isOneToOne: false
            referencedRelation: "lands"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "community_access": {
        Row: {
          "community_id": number
          "measured_at": string | null
          "measured_revision": number | null
          "revision": number
        }
        ComputedFields: never
        Insert: {
          "community_id": number
          "measured_at"?: string | null
          "measured_revision"?: number | null
          "revision"?: number
        }
        Update: {
          "community_id"?: number
          "measured_at"?: string | null
          "measured_revision"?: number | null
          "revision"?: number
        }
        Relationships: [
          {
            foreignKeyName: "community_access_community_id_fkey"
            columns: [
              "community_id"
            ]
            isOneToOne: true
            referencedRelation: "org_units"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "compounds": {
        Row: {
          "community_id": number
          "geom": unknown
          "id": number
          "initials": string
          "land_id": number
          "name": string
          "note": string | null
          "source_ref": string | null
          "status": Database["public"]["Enums"]["compound_status"]
        }
        ComputedFields: never
        Insert: {
          "community_id": number
          "geom": unknown
          "id"?: number
          "initials"?: string
          "land_id": number
          "name": string
          "note"?: string | null
          "source_ref"?: string | null
          "status"?: Database["public"]["Enums"]["compound_status"]
        }
        Update: {
          "community_id"?: number
          "geom"?: unknown
          "id"?: number
          "initials"?: string
          "land_id"?: number
          "name"?: string
          "note"?: string | null
          "source_ref"?: string | null
          "status"?: Database["public"]["Enums"]["compound_status"]
        }
        Relationships: [
          {
            foreignKeyName: "compounds_community_id_fkey"
            columns: [
              "community_id"
            ]
            isOneToOne: false
            referencedRelation: "org_units"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "compounds_land_id_fkey"
            columns: [
              "land_id"
            ]
            isOneToOne: false
            referencedRelation: "lands"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "contact_links": {
        Row: {
          "building_id": number | null
          "community_id": number
          "edition_id": number | null
          "frail_member_id": number | null
          "household_id": number | null
          "id": number
          "kind": Database["public"]["Enums"]["contact_kind"]
          "led_member_id": number | null
          "member_id": number
          "party_group_id": number | null
          "plan_id": string | null
          "valid_from": string
          "valid_to": string | null
        }
        ComputedFields: never
        Insert: {
          "building_id"?: number | null
          "community_id": number
          "edition_id"?: number | null
          "frail_member_id"?: number | null
          "household_id"?: number | null
          "id"?: number
          "kind": Database["public"]["Enums"]["contact_kind"]
          "led_member_id"?: number | null
          "member_id": number
          "party_group_id"?: number | null
          "plan_id"?: string | null
          "valid_from"?: string
          "valid_to"?: string | null
        }
        Update: {
          "building_id"?: number | null
          "community_id"?: number
          "edition_id"?: number | null
          "frail_member_id"?: number | null
          "household_id"?: number | null
          "id"?: number
          "kind"?: Database["public"]["Enums"]["contact_kind"]
          "led_member_id"?: number | null
          "member_id"?: number
          "party_group_id"?: number | null
          "plan_id"?: string | null
          "valid_from"?: string
          "valid_to"?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "contact_links_building_id_fkey"
            columns: [
              "building_id"
            ]
            isOneToOne: false
            referencedRelation: "buildings"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "contact_links_community_id_fkey"
            columns: [
              "community_id"
            ]
            isOneToOne: false
            referencedRelation: "org_units"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "contact_links_edition_id_fkey"
            columns: [
              "edition_id"
            ]
            isOneToOne: false
            referencedRelation: "assignment_editions"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "contact_links_frail_member_id_fkey"
            columns: [
              "frail_member_id"
            ]
            isOneToOne: false
            referencedRelation: "members"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "contact_links_household_id_fkey"
            columns: [
              "household_id"
            ]
            isOneToOne: false
            referencedRelation: "households"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "contact_links_led_member_id_fkey"
            columns: [
              "led_member_id"
            ]
            isOneToOne: false
            referencedRelation: "members"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "contact_links_member_id_fkey"
            columns: [
              "member_id"
            ]
            isOneToOne: false
            referencedRelation: "members"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "contact_links_party_group_id_fkey"
            columns: [
              "party_group_id"
            ]
            isOneToOne: false
            referencedRelation: "org_units"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "contact_links_plan_id_fkey"
            columns: [
              "plan_id"
            ]
            isOneToOne: false
            referencedRelation: "assignment_plans"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "data_register": {
        Row: {
          "class": string
          "column_name": string
          "mask": string
          "retention_basis": string
          "retention_days": number | null
          "schema_name": string
          "table_name": string
        }
        ComputedFields: never
        Insert: {
          "class": string
          "column_name": string
          "mask": string
          "retention_basis": string
          "retention_days"?: number | null
          "schema_name": string
          "table_name": string
        }
        Update: {
          "class"?: string
          "column_name"?: string
          "mask"?: string
          "retention_basis"?: string
          "retention_days"?: number | null
          "schema_name"?: string
          "table_name"?: string
        }
        Relationships: [
        ]
      }
      "gap_days": {
        Row: {
          "by_any": (number)[]
          "by_main": (number)[]
          "community_id": number
          "day": string
          "households": number
        }
        ComputedFields: never
        Insert: {
          "by_any": (number)[]
          "by_main": (number)[]
          "community_id": number
          "day": string
          "households": number
        }
        Update: {
          "by_any"?: (number)[]
          "by_main"?: (number)[]
          "community_id"?: number
          "day"?: string
          "households"?: number
        }
        Relationships: [
          {
            foreignKeyName: "gap_days_community_id_fkey"
            columns: [
              "community_id"
            ]
            isOneToOne: false
            referencedRelation: "org_units"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "grid_cells": {
        Row: {
          "cell_id": number
          "community_id": number
          "edition_id": number
          "grid_id": string
        }
        ComputedFields: never
        Insert: {
          "cell_id": number
          "community_id": number
          "edition_id": number
          "grid_id": string
        }
        Update: {
          "cell_id"?: number
          "community_id"?: number
          "edition_id"?: number
          "grid_id"?: string
        }
        Relationships: [
          {
            foreignKeyName: "grid_cells_cell_id_fkey"
            columns: [
              "cell_id"
            ]
            isOneToOne: false
            referencedRelation: "cells"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "grid_cells_community_id_fkey"
            columns: [
              "community_id"
            ]
            isOneToOne: false
            referencedRelation: "org_units"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "grid_cells_edition_id_grid_id_fkey"
            columns: [
              "edition_id",
              "grid_id"
            ]
            isOneToOne: false
            referencedRelation: "grids"
            referencedColumns: [
              "edition_id",
              "id"
            ]
          }
        ]
      }
      "grid_editions": {
        Row: {
          "changed_cells": number
          "id": number
          "land_edition": number
          "land_id": number
          "moved_households": number
          "note": string
          "number": number
          "plan_id": string | null
          "published_by": string | null
          "valid_from": string
          "valid_to": string | null
        }
        ComputedFields: never
        Insert: {
          "changed_cells"?: number
          "id"?: number
          "land_edition"?: number
          "land_id": number
          "moved_households"?: number
          "note"?: string
          "number": number
          "plan_id"?: string | null
          "published_by"?: string | null
          "valid_from"?: string
          "valid_to"?: string | null
        }
        Update: {
          "changed_cells"?: number
          "id"?: number
          "land_edition"?: number
          "land_id"?: number
          "moved_households"?: number
          "note"?: string
          "number"?: number
          "plan_id"?: string | null
          "published_by"?: string | null
          "valid_from"?: string
          "valid_to"?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "grid_editions_land_id_fkey"
            columns: [
              "land_id"
            ]
            isOneToOne: false
            referencedRelation: "lands"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "grid_editions_plan_id_fkey"
            columns: [
              "plan_id"
            ]
            isOneToOne: false
            referencedRelation: "plans"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "grid_editions_published_by_fkey"
            columns: [
              "published_by"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "grids": {
        Row: {
          "area_m2": number
          "code": string
          "community_id": number
          "edition_id": number
          "geom": unknown
          "households": number
          "id": string
          "kind": Database["public"]["Enums"]["grid_kind"]
          "members": number
          "name": string
          "residents": number
        }
        ComputedFields: never
        Insert: {
          "area_m2": number
          "code": string
          "community_id": number
          "edition_id": number
          "geom": unknown
          "households": number
          "id": string
          "kind"?: Database["public"]["Enums"]["grid_kind"]
          "members": number
          "name": string
          "residents": number
        }
        Update: {
          "area_m2"?: number
          "code"?: string
          "community_id"?: number
          "edition_id"?: number
          "geom"?: unknown
          "households"?: number
          "id"?: string
          "kind"?: Database["public"]["Enums"]["grid_kind"]
          "members"?: number
          "name"?: string
          "residents"?: number
        }
        Relationships: [
          {
            foreignKeyName: "grids_community_id_fkey"
            columns: [
              "community_id"
            ]
            isOneToOne: false
            referencedRelation: "org_units"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "grids_edition_id_fkey"
            columns: [
              "edition_id"
            ]
            isOneToOne: false
            referencedRelation: "grid_editions"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "household_interests": {
        Row: {
          "household_id": number
          "interest": number
        }
        ComputedFields: never
        Insert: {
          "household_id": number
          "interest": number
        }
        Update: {
          "household_id"?: number
          "interest"?: number
        }
        Relationships: [
          {
            foreignKeyName: "household_interests_household_id_fkey"
            columns: [
              "household_id"
            ]
            isOneToOne: false
            referencedRelation: "households"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "households": {
        Row: {
          "address": string
          "building_id": number
          "category": number
          "community_id": number
          "head_name_masked": string | null
          "id": number
          "initials": string
          "phone_masked": string | null
          "resident_count": number
          "room": string
          "sort_key": string
          "stairwell_id": number | null
        }
        ComputedFields: never
        Insert: {
          "address"?: string
          "building_id": number
          "category"?: number
          "community_id": number
          "head_name_masked"?: string | null
          "id"?: number
          "initials"?: string
          "phone_masked"?: string | null
          "resident_count"?: number
          "room"?: string
          "sort_key"?: string
          "stairwell_id"?: number | null
        }
        Update: {
          "address"?: string
          "building_id"?: number
          "category"?: number
          "community_id"?: number
          "head_name_masked"?: string | null
          "id"?: number
          "initials"?: string
          "phone_masked"?: string | null
          "resident_count"?: number
          "room"?: string
          "sort_key"?: string
          "stairwell_id"?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "households_building_id_fkey"
            columns: [
              "building_id"
            ]
            isOneToOne: false
            referencedRelation: "buildings"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "households_community_id_fkey"
            columns: [
              "community_id"
            ]
            isOneToOne: false
            referencedRelation: "org_units"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "households_stairwell_id_fkey"
            columns: [
              "stairwell_id"
            ]
            isOneToOne: false
            referencedRelation: "stairwells"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "import_chunks": {
        Row: {
          "import_id": string
          "kind": string
          "rows": NonNullable<Json>
          "seq": number
        }
        ComputedFields: never
        Insert: {
          "import_id": string
          "kind": string
          "rows": NonNullable<Json>
          "seq": number
        }
        Update: {
          "import_id"?: string
          "kind"?: string
          "rows"?: NonNullable<Json>
          "seq"?: number
        }
        Relationships: [
          {
            foreignKeyName: "import_chunks_import_id_fkey"
            columns: [
              "import_id"
            ]
            isOneToOne: false
            referencedRelation: "imports"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "imports": {
        Row: {
          "created_at": string
          "created_by": string | null
          "id": string
          "kind": string
          "meta": NonNullable<Json>
          "org_unit_id": number
          "report": Json | null
          "status": string
        }
        ComputedFields: never
        Insert: {
          "created_at"?: string
          "created_by"?: string | null
          "id"?: string
          "kind": string
          "meta"?: NonNullable<Json>
          "org_unit_id": number
          "report"?: Json | null
          "status"?: string
        }
        Update: {
          "created_at"?: string
          "created_by"?: string | null
          "id"?: string
          "kind"?: string
          "meta"?: NonNullable<Json>
          "org_unit_id"?: number
          "report"?: Json | null
          "status"?: string
        }
        Relationships: [
          {
            foreignKeyName: "imports_created_by_fkey"
            columns: [
              "created_by"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "imports_org_unit_id_fkey"
            columns: [
              "org_unit_id"
            ]
            isOneToOne: false
            referencedRelation: "org_units"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "issue_events": {
        Row: {
          "act": string
          "actor": string
          "at": string
          "detail": NonNullable<Json>
          "from_level": Database["public"]["Enums"]["issue_level"] | null
          "from_state": Database["public"]["Enums"]["issue_state"] | null
          "id": number
          "issue_id": number
          "note": string
          "person_id": string | null
          "to_level": Database["public"]["Enums"]["issue_level"]
          "to_state": Database["public"]["Enums"]["issue_state"]
        }
        ComputedFields: never
        Insert: {
          "act": string
          "actor": string
          "at": string
          "detail"?: NonNullable<Json>
          "from_level"?: Database["public"]["Enums"]["issue_level"] | null
          "from_state"?: Database["public"]["Enums"]["issue_state"] | null
          "id"?: number
          "issue_id": number
          "note"?: string
          "person_id"?: string | null
          "to_level": Database["public"]["Enums"]["issue_level"]
          "to_state": Database["public"]["Enums"]["issue_state"]
        }
        Update: {
          "act"?: string
          "actor"?: string
          "at"?: string
          "detail"?: NonNullable<Json>
          "from_level"?: Database["public"]["Enums"]["issue_level"] | null
          "from_state"?: Database["public"]["Enums"]["issue_state"] | null
          "id"?: number
          "issue_id"?: number
          "note"?: string
          "person_id"?: string | null
          "to_level"?: Database["public"]["Enums"]["issue_level"]
          "to_state"?: Database["public"]["Enums"]["issue_state"]
        }
        Relationships: [
          {
            foreignKeyName: "issue_events_issue_id_fkey"
            columns: [
              "issue_id"
            ]
            isOneToOne: false
            referencedRelation: "issues"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "issue_events_person_id_fkey"
            columns: [
              "person_id"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "issue_links": {
        Row: {
          "at": string
          "issue_id": number
          "kind": string
          "other_id": number
          "person_id": string | null
        }
        ComputedFields: never
        Insert: {
          "at": string
          "issue_id": number
          "kind": string
          "other_id": number
          "person_id"?: string | null
        }
        Update: {
          "at"?: string
          "issue_id"?: number
          "kind"?: string
          "other_id"?: number
          "person_id"?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "issue_links_issue_id_fkey"
            columns: [
              "issue_id"
            ]
            isOneToOne: false
            referencedRelation: "issues"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "issue_links_other_id_fkey"
            columns: [
              "other_id"
            ]
            isOneToOne: false
            referencedRelation: "issues"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "issue_links_person_id_fkey"
            columns: [
              "person_id"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "issue_photos": {
        Row: {
          "bytes": string
          "event_id": number
          "id": number
          "issue_id": number
          "kind": string
          "type": string
        }
        ComputedFields: never
        Insert: {
          "bytes": string
          "event_id": number
          "id"?: number
          "issue_id": number
          "kind": string
          "type": string
        }
        Update: {
          "bytes"?: string
          "event_id"?: number
          "id"?: number
          "issue_id"?: number
          "kind"?: string
          "type"?: string
        }
        Relationships: [
          {
            foreignKeyName: "issue_photos_event_id_fkey"
            columns: [
              "event_id"
            ]
            isOneToOne: false
            referencedRelation: "issue_events"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "issue_photos_issue_id_fkey"
            columns: [
              "issue_id"
            ]
            isOneToOne: false
            referencedRelation: "issues"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "issues": {
        Row: {
          "building_id": number | null
          "category": Database["public"]["Enums"]["issue_category"]
          "claimed_at": string | null
          "closed_at": string | null
          "community_id": number
          "detail": string
          "due_at": string
          "duplicate_of": number | null
          "finished_at": string | null
          "geom": unknown
          "grid_id": string | null
          "handler_id": string | null
          "household_id": number | null
          "id": number
          "land_id": number
          "level": Database["public"]["Enums"]["issue_level"]
          "number": string
          "outcome": Database["public"]["Enums"]["issue_outcome"] | null
          "published_at": string | null
          "reminders": number
          "reported_at": string
          "reported_by": string | null
          "revision": number
          "satisfaction": number | null
          "source": Database["public"]["Enums"]["issue_source"]
          "state": Database["public"]["Enums"]["issue_state"]
          "title": string
          "top_level": Database["public"]["Enums"]["issue_level"]
        }
        ComputedFields: never
        Insert: {
          "building_id"?: number | null
          "category": Database["public"]["Enums"]["issue_category"]
          "claimed_at"?: string | null
          "closed_at"?: string | null
          "community_id": number
          "detail"?: string
          "due_at": string
          "duplicate_of"?: number | null
          "finished_at"?: string | null
          "geom": unknown
          "grid_id"?: string | null
          "handler_id"?: string | null
          "household_id"?: number | null
          "id"?: number
          "land_id": number
          "level"?: Database["public"]["Enums"]["issue_level"]
          "number": string
          "outcome"?: Database["public"]["Enums"]["issue_outcome"] | null
          "published_at"?: string | null
          "reminders"?: number
          "reported_at": string
          "reported_by"?: string | null
          "revision"?: number
          "satisfaction"?: number | null
          "source": Database["public"]["Enums"]["issue_source"]
          "state"?: Database["public"]["Enums"]["issue_state"]
          "title": string
          "top_level"?: Database["public"]["Enums"]["issue_level"]
        }
        Update: {
          "building_id"?: number | null
          "category"?: Database["public"]["Enums"]["issue_category"]
          "claimed_at"?: string | null
          "closed_at"?: string | null
          "community_id"?: number
          "detail"?: string
          "due_at"?: string
          "duplicate_of"?: number | null
          "finished_at"?: string | null
          "geom"?: unknown
          "grid_id"?: string | null
          "handler_id"?: string | null
          "household_id"?: number | null
          "id"?: number
          "land_id"?: number
          "level"?: Database["public"]["Enums"]["issue_level"]
          "number"?: string
          "outcome"?: Database["public"]["Enums"]["issue_outcome"] | null
          "published_at"?: string | null
          "reminders"?: number
          "reported_at"?: string
          "reported_by"?: string | null
          "revision"?: number
          "satisfaction"?: number | null
          "source"?: Database["public"]["Enums"]["issue_source"]
          "state"?: Database["public"]["Enums"]["issue_state"]
          "title"?: string
          "top_level"?: Database["public"]["Enums"]["issue_level"]
        }
        Relationships: [
          {
            foreignKeyName: "issues_building_id_fkey"
            columns: [
              "building_id"
            ]
            isOneToOne: false
            referencedRelation: "buildings"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "issues_community_id_fkey"
            columns: [
              "community_id"
            ]
            isOneToOne: false
            referencedRelation: "org_units"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "issues_duplicate_of_fkey"
            columns: [
              "duplicate_of"
            ]
            isOneToOne: false
            referencedRelation: "issues"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "issues_handler_id_fkey"
            columns: [
              "handler_id"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "issues_household_id_fkey"
            columns: [
              "household_id"
            ]
            isOneToOne: false
            referencedRelation: "households"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "issues_land_id_fkey"
            columns: [
              "land_id"
            ]
            isOneToOne: false
            referencedRelation: "lands"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "issues_reported_by_fkey"
            columns: [
              "reported_by"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "kinships": {
        Row: {
          "household_id": number
          "member_id": number
          "relation": string
        }
        ComputedFields: never
        Insert: {
          "household_id": number
          "member_id": number
          "relation"?: string
        }
        Update: {
          "household_id"?: number
          "member_id"?: number
          "relation"?: string
        }
        Relationships: [
          {
            foreignKeyName: "kinships_household_id_fkey"
            columns: [
              "household_id"
            ]
            isOneToOne: false
            referencedRelation: "households"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "kinships_member_id_fkey"
            columns: [
              "member_id"
            ]
            isOneToOne: false
            referencedRelation: "members"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "land_arcs": {
        Row: {
          "end_node": number
          "from_edition": number
          "id": number
          "kind": number
          "land_id": number
          "left_cell": number | null
          "line": unknown
          "right_cell": number | null
          "start_node": number
          "to_edition": number | null
        }
        ComputedFields: never
        Insert: {
          "end_node": number
          "from_edition"?: number
          "id"?: number
          "kind": number
          "land_id": number
          "left_cell"?: number | null
          "line": unknown
          "right_cell"?: number | null
          "start_node": number
          "to_edition"?: number | null
        }
        Update: {
          "end_node"?: number
          "from_edition"?: number
          "id"?: number
          "kind"?: number
          "land_id"?: number
          "left_cell"?: number | null
          "line"?: unknown
          "right_cell"?: number | null
          "start_node"?: number
          "to_edition"?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "land_arcs_end_node_fkey"
            columns: [
              "end_node"
            ]
            isOneToOne: false
            referencedRelation: "land_nodes"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "land_arcs_land_id_fkey"
            columns: [
              "land_id"
            ]
            isOneToOne: false
            referencedRelation: "lands"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "land_arcs_left_cell_fkey"
            columns: [
              "left_cell"
            ]
            isOneToOne: false
            referencedRelation: "cells"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "land_arcs_right_cell_fkey"
            columns: [
              "right_cell"
            ]
            isOneToOne: false
            referencedRelation: "cells"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "land_arcs_start_node_fkey"
            columns: [
              "start_node"
            ]
            isOneToOne: false
            referencedRelation: "land_nodes"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "land_features": {
        Row: {
          "geom": unknown
          "id": number
          "kind": string
          "land_id": number
          "name": string
        }
        ComputedFields: never
        Insert: {
          "geom": unknown
          "id"?: number
          "kind": string
          "land_id": number
          "name"?: string
        }
        Update: {
          "geom"?: unknown
          "id"?: number
          "kind"?: string
          "land_id"?: number
          "name"?: string
        }
        Relationships: [
          {
            foreignKeyName: "land_features_land_id_fkey"
            columns: [
              "land_id"
            ]
            isOneToOne: false
            referencedRelation: "lands"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "land_links": {
        Row: {
          "cell_a": number
          "cell_b": number
          "from_edition": number
          "id": number
          "kind": Database["public"]["Enums"]["link_kind"]
          "land_id": number
          "to_edition": number | null
        }
        ComputedFields: never
        Insert: {
          "cell_a": number
          "cell_b": number
          "from_edition": number
          "id"?: never
          "kind": Database["public"]["Enums"]["link_kind"]
          "land_id": number
          "to_edition"?: number | null
        }
        Update: {
          "cell_a"?: number
          "cell_b"?: number
          "from_edition"?: number
          "id"?: never
          "kind"?: Database["public"]["Enums"]["link_kind"]
          "land_id"?: number
          "to_edition"?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "land_links_cell_a_fkey"
            columns: [
              "cell_a"
            ]
            isOneToOne: false
            referencedRelation: "cells"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "land_links_cell_b_fkey"
            columns: [
              "cell_b"
            ]
            isOneToOne: false
            referencedRelation: "cells"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "land_links_land_id_fkey"
            columns: [
              "land_id"
            ]
            isOneToOne: false
            referencedRelation: "lands"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "land_nodes": {
        Row: {
          "from_edition": number
          "id": number
          "land_id": number
          "to_edition": number | null
          "x": number
          "y": number
        }
        ComputedFields: never
        Insert: {
          "from_edition"?: number
          "id"?: number
          "land_id": number
          "to_edition"?: number | null
          "x": number
          "y": number
        }
        Update: {
          "from_edition"?: number
          "id"?: number
          "land_id"?: number
          "to_edition"?: number | null
          "x"?: number
          "y"?: number
        }
        Relationships: [
          {
            foreignKeyName: "land_nodes_land_id_fkey"
            columns: [
              "land_id"
            ]
            isOneToOne: false
            referencedRelation: "lands"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "lands": {
        Row: {
          "created_at": string
          "edition": number
          "id": number
          "lat0": number
          "lng0": number
          "m_per_deg_lat": number
          "m_per_deg_lng": number
          "org_unit_id": number
          "source": NonNullable<Json>
        }
        ComputedFields: never
        Insert: {
          "created_at"?: string
          "edition"?: number
          "id"?: number
          "lat0": number
          "lng0": number
          "m_per_deg_lat": number
          "m_per_deg_lng": number
          "org_unit_id": number
          "source"?: NonNullable<Json>
        }
        Update: {
          "created_at"?: string
          "edition"?: number
          "id"?: number
          "lat0"?: number
          "lng0"?: number
          "m_per_deg_lat"?: number
          "m_per_deg_lng"?: number
          "org_unit_id"?: number
          "source"?: NonNullable<Json>
        }
        Relationships: [
          {
            foreignKeyName: "lands_org_unit_id_fkey"
            columns: [
              "org_unit_id"
            ]
            isOneToOne: true
            referencedRelation: "org_units"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "member_interests": {
        Row: {
          "interest": number
          "member_id": number
        }
        ComputedFields: never
        Insert: {
          "interest": number
          "member_id": number
        }
        Update: {
          "interest"?: number
          "member_id"?: number
        }
        Relationships: [
          {
            foreignKeyName: "member_interests_member_id_fkey"
            columns: [
              "member_id"
            ]
            isOneToOne: false
            referencedRelation: "members"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "member_terms": {
        Row: {
          "exempt_reason": string | null
          "max_households": number | null
          "member_id": number
          "min_households": number | null
          "note": string
          "reach_m": number | null
          "updated_at": string
          "updated_by": string | null
        }
        ComputedFields: never
        Insert: {
          "exempt_reason"?: string | null
          "max_households"?: number | null
          "member_id": number
          "min_households"?: number | null
          "note"?: string
          "reach_m"?: number | null
          "updated_at"?: string
          "updated_by"?: string | null
        }
        Update: {
          "exempt_reason"?: string | null
          "max_households"?: number | null
          "member_id"?: number
          "min_households"?: number | null
          "note"?: string
          "reach_m"?: number | null
          "updated_at"?: string
          "updated_by"?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "member_terms_member_id_fkey"
            columns: [
              "member_id"
            ]
            isOneToOne: true
            referencedRelation: "members"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "member_terms_updated_by_fkey"
            columns: [
              "updated_by"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "members": {
        Row: {
          "building_id": number | null
          "committee": boolean
          "community_id": number
          "condition": Database["public"]["Enums"]["member_condition"]
          "exempt_reason": string | null
          "group_leader": boolean
          "household_id": number | null
          "id": number
          "initials": string
          "name_masked": string
          "party_group_id": number | null
          "person_id": string | null
          "phone_masked": string | null
        }
        ComputedFields: never
        Insert: {
          "building_id"?: number | null
          "committee"?: boolean
          "community_id": number
          "condition"?: Database["public"]["Enums"]["member_condition"]
          "exempt_reason"?: string | null
          "group_leader"?: boolean
          "household_id"?: number | null
          "id"?: number
          "initials"?: string
          "name_masked": string
          "party_group_id"?: number | null
          "person_id"?: string | null
          "phone_masked"?: string | null
        }
        Update: {
          "building_id"?: number | null
          "committee"?: boolean
          "community_id"?: number
          "condition"?: Database["public"]["Enums"]["member_condition"]
          "exempt_reason"?: string | null
          "group_leader"?: boolean
          "household_id"?: number | null
          "id"?: number
          "initials"?: string
          "name_masked"?: string
          "party_group_id"?: number | null
          "person_id"?: string | null
          "phone_masked"?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "members_building_id_fkey"
            columns: [
              "building_id"
            ]
            isOneToOne: false
            referencedRelation: "buildings"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "members_community_id_fkey"
            columns: [
              "community_id"
            ]
            isOneToOne: false
            referencedRelation: "org_units"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "members_household_id_fkey"
            columns: [
              "household_id"
            ]
            isOneToOne: false
            referencedRelation: "households"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "members_party_group_id_fkey"
            columns: [
              "party_group_id"
            ]
            isOneToOne: false
            referencedRelation: "org_units"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "members_person_id_fkey"
            columns: [
              "person_id"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "org_units": {
        Row: {
          "code": string
          "geom": unknown
          "id": number
          "initials": string
          "kind": Database["public"]["Enums"]["community_kind"] | null
          "level": Database["public"]["Enums"]["org_level"]
          "name": string
          "parent_id": number | null
          "path": unknown
          "valid_from": string
          "valid_to": string | null
        }
        ComputedFields: never
        Insert: {
          "code": string
          "geom"?: unknown
          "id"?: number
          "initials"?: string
          "kind"?: Database["public"]["Enums"]["community_kind"] | null
          "level": Database["public"]["Enums"]["org_level"]
          "name": string
          "parent_id"?: number | null
          "path": unknown
          "valid_from"?: string
          "valid_to"?: string | null
        }
        Update: {
          "code"?: string
          "geom"?: unknown
          "id"?: number
          "initials"?: string
          "kind"?: Database["public"]["Enums"]["community_kind"] | null
          "level"?: Database["public"]["Enums"]["org_level"]
          "name"?: string
          "parent_id"?: number | null
          "path"?: unknown
          "valid_from"?: string
          "valid_to"?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "org_units_parent_id_fkey"
            columns: [
              "parent_id"
            ]
            isOneToOne: false
            referencedRelation: "org_units"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "patrol_checkpoints": {
        Row: {
          "community_id": number
          "dwell_s": number
          "every_days": number
          "geom": unknown
          "id": number
          "land_id": number
          "name": string
          "note": string
          "radius_m": number
          "removed_at": string | null
          "set_at": string
          "set_by": string | null
        }
        ComputedFields: never
        Insert: {
          "community_id": number
          "dwell_s"?: number
          "every_days"?: number
          "geom": unknown
          "id"?: number
          "land_id": number
          "name": string
          "note"?: string
          "radius_m"?: number
          "removed_at"?: string | null
          "set_at": string
          "set_by"?: string | null
        }
        Update: {
          "community_id"?: number
          "dwell_s"?: number
          "every_days"?: number
          "geom"?: unknown
          "id"?: number
          "land_id"?: number
          "name"?: string
          "note"?: string
          "radius_m"?: number
          "removed_at"?: string | null
          "set_at"?: string
          "set_by"?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "patrol_checkpoints_community_id_fkey"
            columns: [
              "community_id"
            ]
            isOneToOne: false
            referencedRelation: "org_units"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "patrol_checkpoints_land_id_fkey"
            columns: [
              "land_id"
            ]
            isOneToOne: false
            referencedRelation: "lands"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "patrol_checkpoints_set_by_fkey"
            columns: [
              "set_by"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "patrol_consents": {
        Row: {
          "given_at": string
          "id": number
          "person_id": string
          "version": number
          "withdrawn_at": string | null
        }
        ComputedFields: never
        Insert: {
          "given_at": string
          "id"?: number
          "person_id": string
          "version": number
          "withdrawn_at"?: string | null
        }
        Update: {
          "given_at"?: string
          "id"?: number
          "person_id"?: string
          "version"?: number
          "withdrawn_at"?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "patrol_consents_person_id_fkey"
            columns: [
              "person_id"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "patrol_duties": {
        Row: {
          "both_sides": boolean
          "duty": Database["public"]["Enums"]["street_duty"]
          "from_cm": number
          "id": number
          "land_id": number
          "reason": string
          "set_at": string
          "set_by": string | null
          "street_id": number
          "to_cm": number
        }
        ComputedFields: never
        Insert: {
          "both_sides"?: boolean
          "duty": Database["public"]["Enums"]["street_duty"]
          "from_cm": number
          "id"?: number
          "land_id": number
          "reason"?: string
          "set_at": string
          "set_by"?: string | null
          "street_id": number
          "to_cm": number
        }
        Update: {
          "both_sides"?: boolean
          "duty"?: Database["public"]["Enums"]["street_duty"]
          "from_cm"?: number
          "id"?: number
          "land_id"?: number
          "reason"?: string
          "set_at"?: string
          "set_by"?: string | null
          "street_id"?: number
          "to_cm"?: number
        }
        Relationships: [
          {
            foreignKeyName: "patrol_duties_land_id_fkey"
            columns: [
              "land_id"
            ]
            isOneToOne: false
            referencedRelation: "lands"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "patrol_duties_set_by_fkey"
            columns: [
              "set_by"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "patrol_duties_street_id_fkey"
            columns: [
              "street_id"
            ]
            isOneToOne: false
            referencedRelation: "streets"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "patrol_gates": {
        Row: {
          "community_id": number
          "geom": unknown
          "id": number
          "land_id": number
          "reason": string
          "set_at": string
          "set_by": string | null
        }
        ComputedFields: never
        Insert: {
          "community_id": number
          "geom": unknown
          "id"?: number
          "land_id": number
          "reason"?: string
          "set_at": string
          "set_by"?: string | null
        }
        Update: {
          "community_id"?: number
          "geom"?: unknown
          "id"?: number
          "land_id"?: number
          "reason"?: string
          "set_at"?: string
          "set_by"?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "patrol_gates_community_id_fkey"
            columns: [
              "community_id"
            ]
            isOneToOne: false
            referencedRelation: "org_units"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "patrol_gates_land_id_fkey"
            columns: [
              "land_id"
            ]
            isOneToOne: false
            referencedRelation: "lands"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "patrol_gates_set_by_fkey"
            columns: [
              "set_by"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "patrol_marks": {
        Row: {
          "at": string
          "checkpoint_id": number
          "mark": Database["public"]["Enums"]["checkpoint_mark"]
          "track_id": string
        }
        ComputedFields: never
        Insert: {
          "at": string
          "checkpoint_id": number
          "mark": Database["public"]["Enums"]["checkpoint_mark"]
          "track_id": string
        }
        Update: {
          "at"?: string
          "checkpoint_id"?: number
          "mark"?: Database["public"]["Enums"]["checkpoint_mark"]
          "track_id"?: string
        }
        Relationships: [
          {
            foreignKeyName: "patrol_marks_checkpoint_id_fkey"
            columns: [
              "checkpoint_id"
            ]
            isOneToOne: false
            referencedRelation: "patrol_checkpoints"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "patrol_marks_track_id_fkey"
            columns: [
              "track_id"
            ]
            isOneToOne: false
            referencedRelation: "patrol_tracks"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "patrol_passes": {
        Row: {
          "at": string
          "building_id": number
          "track_id": string
        }
        ComputedFields: never
        Insert: {
          "at": string
          "building_id": number
          "track_id": string
        }
        Update: {
          "at"?: string
          "building_id"?: number
          "track_id"?: string
        }
        Relationships: [
          {
            foreignKeyName: "patrol_passes_building_id_fkey"
            columns: [
              "building_id"
            ]
            isOneToOne: false
            referencedRelation: "buildings"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "patrol_passes_track_id_fkey"
            columns: [
              "track_id"
            ]
            isOneToOne: false
            referencedRelation: "patrol_tracks"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "patrol_plans": {
        Row: {
          "aim": Database["public"]["Enums"]["patrol_aim"]
          "bound_s": number
          "community_id": number
          "id": string
          "kind": Database["public"]["Enums"]["patrol_kind"]
          "land_id": number
          "number": number
          "occasion": Database["public"]["Enums"]["patrol_occasion"]
          "published_at": string | null
          "published_by": string | null
          "revision": number
          "saved_at": string
          "saved_by": string | null
          "serve_m_per_s": number
          "shift_s": number
          "start_minute": number
          "state": Database["public"]["Enums"]["patrol_state"]
          "title": string
          "valid_from": string
          "valid_to": string | null
          "walk_m_per_s": number
          "weekdays": (boolean)[]
        }
        ComputedFields: never
        Insert: {
          "aim": Database["public"]["Enums"]["patrol_aim"]
          "bound_s"?: number
          "community_id": number
          "id"?: string
          "kind": Database["public"]["Enums"]["patrol_kind"]
          "land_id": number
          "number": number
          "occasion": Database["public"]["Enums"]["patrol_occasion"]
          "published_at"?: string | null
          "published_by"?: string | null
          "revision"?: number
          "saved_at": string
          "saved_by"?: string | null
          "serve_m_per_s": number
          "shift_s": number
          "start_minute": number
          "state"?: Database["public"]["Enums"]["patrol_state"]
          "title": string
          "valid_from": string
          "valid_to"?: string | null
          "walk_m_per_s": number
          "weekdays": (boolean)[]
        }
        Update: {
          "aim"?: Database["public"]["Enums"]["patrol_aim"]
          "bound_s"?: number
          "community_id"?: number
          "id"?: string
          "kind"?: Database["public"]["Enums"]["patrol_kind"]
          "land_id"?: number
          "number"?: number
          "occasion"?: Database["public"]["Enums"]["patrol_occasion"]
          "published_at"?: string | null
          "published_by"?: string | null
          "revision"?: number
          "saved_at"?: string
          "saved_by"?: string | null
          "serve_m_per_s"?: number
          "shift_s"?: number
          "start_minute"?: number
          "state"?: Database["public"]["Enums"]["patrol_state"]
          "title"?: string
          "valid_from"?: string
          "valid_to"?: string | null
          "walk_m_per_s"?: number
          "weekdays"?: (boolean)[]
        }
        Relationships: [
          {
            foreignKeyName: "patrol_plans_community_id_fkey"
            columns: [
              "community_id"
            ]
            isOneToOne: false
            referencedRelation: "org_units"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "patrol_plans_land_id_fkey"
            columns: [
              "land_id"
            ]
            isOneToOne: false
            referencedRelation: "lands"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "patrol_plans_published_by_fkey"
            columns: [
              "published_by"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "patrol_plans_saved_by_fkey"
            columns: [
              "saved_by"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "patrol_routes": {
        Row: {
          "checkpoints": (number)[]
          "end_geom": unknown
          "grid_ids": (string)[]
          "metres": number
          "number": number
          "person_id": string | null
          "plan_id": string
          "seconds": number
          "served_m": number
          "start_geom": unknown
          "step_flags": (number)[]
          "step_from_cm": (number)[]
          "step_street": (number)[]
          "step_to_cm": (number)[]
        }
        ComputedFields: never
        Insert: {
          "checkpoints"?: (number)[]
          "end_geom"?: unknown
          "grid_ids"?: (string)[]
          "metres": number
          "number": number
          "person_id"?: string | null
          "plan_id": string
          "seconds": number
          "served_m": number
          "start_geom": unknown
          "step_flags": (number)[]
          "step_from_cm": (number)[]
          "step_street": (number)[]
          "step_to_cm": (number)[]
        }
        Update: {
          "checkpoints"?: (number)[]
          "end_geom"?: unknown
          "grid_ids"?: (string)[]
          "metres"?: number
          "number"?: number
          "person_id"?: string | null
          "plan_id"?: string
          "seconds"?: number
          "served_m"?: number
          "start_geom"?: unknown
          "step_flags"?: (number)[]
          "step_from_cm"?: (number)[]
          "step_street"?: (number)[]
          "step_to_cm"?: (number)[]
        }
        Relationships: [
          {
            foreignKeyName: "patrol_routes_person_id_fkey"
            columns: [
              "person_id"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "patrol_routes_plan_id_fkey"
            columns: [
              "plan_id"
            ]
            isOneToOne: false
            referencedRelation: "patrol_plans"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "patrol_tracks": {
        Row: {
          "community_id": number | null
          "consent_version": number | null
          "day": string
          "dropped": NonNullable<Json>
          "ended_at": string | null
          "fixes": number
          "grid_id": string | null
          "has_raw": boolean
          "id": string
          "land_id": number
          "matched_at": string | null
          "matched_by": string | null
          "person_id": string | null
          "plan_id": string | null
          "refused": NonNullable<Json>
          "route": number | null
          "source": Database["public"]["Enums"]["track_source"]
          "started_at": string
          "state": Database["public"]["Enums"]["track_state"]
          "street_m": number
          "yard_m": number
        }
        ComputedFields: never
        Insert: {
          "community_id"?: number | null
          "consent_version"?: number | null
          "day": string
          "dropped"?: NonNullable<Json>
          "ended_at"?: string | null
          "fixes"?: number
          "grid_id"?: string | null
          "has_raw"?: boolean
          "id": string
          "land_id": number
          "matched_at"?: string | null
          "matched_by"?: string | null
          "person_id"?: string | null
          "plan_id"?: string | null
          "refused"?: NonNullable<Json>
          "route"?: number | null
          "source": Database["public"]["Enums"]["track_source"]
          "started_at": string
          "state"?: Database["public"]["Enums"]["track_state"]
          "street_m"?: number
          "yard_m"?: number
        }
        Update: {
          "community_id"?: number | null
          "consent_version"?: number | null
          "day"?: string
          "dropped"?: NonNullable<Json>
          "ended_at"?: string | null
          "fixes"?: number
          "grid_id"?: string | null
          "has_raw"?: boolean
          "id"?: string
          "land_id"?: number
          "matched_at"?: string | null
          "matched_by"?: string | null
          "person_id"?: string | null
          "plan_id"?: string | null
          "refused"?: NonNullable<Json>
          "route"?: number | null
          "source"?: Database["public"]["Enums"]["track_source"]
          "started_at"?: string
          "state"?: Database["public"]["Enums"]["track_state"]
          "street_m"?: number
          "yard_m"?: number
        }
        Relationships: [
          {
            foreignKeyName: "patrol_tracks_community_id_fkey"
            columns: [
              "community_id"
            ]
            isOneToOne: false
            referencedRelation: "org_units"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "patrol_tracks_land_id_fkey"
            columns: [
              "land_id"
            ]
            isOneToOne: false
            referencedRelation: "lands"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "patrol_tracks_matched_by_fkey"
            columns: [
              "matched_by"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "patrol_tracks_person_id_fkey"
            columns: [
              "person_id"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "patrol_tracks_plan_id_fkey"
            columns: [
              "plan_id"
            ]
            isOneToOne: false
            referencedRelation: "patrol_plans"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "patrol_walked": {
        Row: {
          "confidence": number
          "from_at": string
          "from_cm": number
          "place": number
          "street_id": number
          "to_at": string
          "to_cm": number
          "track_id": string
        }
        ComputedFields: never
        Insert: {
          "confidence": number
          "from_at": string
          "from_cm": number
          "place": number
          "street_id": number
          "to_at": string
          "to_cm": number
          "track_id": string
        }
        Update: {
          "confidence"?: number
          "from_at"?: string
          "from_cm"?: number
          "place"?: number
          "street_id"?: number
          "to_at"?: string
          "to_cm"?: number
          "track_id"?: string
        }
        Relationships: [
          {
            foreignKeyName: "patrol_walked_track_id_fkey"
            columns: [
              "track_id"
            ]
            isOneToOne: false
            referencedRelation: "patrol_tracks"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "patrol_yards": {
        Row: {
          "geom": unknown
          "metres": number
          "place": number
          "track_id": string
        }
        ComputedFields: never
        Insert: {
          "geom": unknown
          "metres": number
          "place": number
          "track_id": string
        }
        Update: {
          "geom"?: unknown
          "metres"?: number
          "place"?: number
          "track_id"?: string
        }
        Relationships: [
          {
            foreignKeyName: "patrol_yards_track_id_fkey"
            columns: [
              "track_id"
            ]
            isOneToOne: false
            referencedRelation: "patrol_tracks"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "people": {
        Row: {
          "active": boolean
          "created_at": string
          "id": string
          "initials": string
          "name_masked": string
          "phone_masked": string | null
          "retired_at": string | null
          "revision": number
          "updated_at": string
          "updated_by": string | null
          "user_id": string | null
        }
        ComputedFields: never
        Insert: {
          "active"?: boolean
          "created_at"?: string
          "id"?: string
          "initials"?: string
          "name_masked": string
          "phone_masked"?: string | null
          "retired_at"?: string | null
          "revision"?: number
          "updated_at"?: string
          "updated_by"?: string | null
          "user_id"?: string | null
        }
        Update: {
          "active"?: boolean
          "created_at"?: string
          "id"?: string
          "initials"?: string
          "name_masked"?: string
          "phone_masked"?: string | null
          "retired_at"?: string | null
          "revision"?: number
          "updated_at"?: string
          "updated_by"?: string | null
          "user_id"?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "people_updated_by_fkey"
            columns: [
              "updated_by"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "plan_cells": {
        Row: {
          "cell_id": number
          "grid_id": string | null
          "plan_id": string
        }
        ComputedFields: never
        Insert: {
          "cell_id": number
          "grid_id"?: string | null
          "plan_id": string
        }
        Update: {
          "cell_id"?: number
          "grid_id"?: string | null
          "plan_id"?: string
        }
        Relationships: [
          {
            foreignKeyName: "plan_cells_plan_id_fkey"
            columns: [
              "plan_id"
            ]
            isOneToOne: false
            referencedRelation: "plans"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "plan_cells_plan_id_grid_id_fkey"
            columns: [
              "plan_id",
              "grid_id"
            ]
            isOneToOne: false
            referencedRelation: "plan_grids"
            referencedColumns: [
              "plan_id",
              "grid_id"
            ]
          }
        ]
      }
      "plan_comments": {
        Row: {
          "act": string
          "at": string
          "grid_id": string | null
          "id": number
          "person_id": string | null
          "plan_id": string
          "revision": number
          "text": string
        }
        ComputedFields: never
        Insert: {
          "act"?: string
          "at"?: string
          "grid_id"?: string | null
          "id"?: never
          "person_id"?: string | null
          "plan_id": string
          "revision": number
          "text"?: string
        }
        Update: {
          "act"?: string
          "at"?: string
          "grid_id"?: string | null
          "id"?: never
          "person_id"?: string | null
          "plan_id"?: string
          "revision"?: number
          "text"?: string
        }
        Relationships: [
          {
            foreignKeyName: "plan_comments_person_id_fkey"
            columns: [
              "person_id"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "plan_comments_plan_id_fkey"
            columns: [
              "plan_id"
            ]
            isOneToOne: false
            referencedRelation: "plans"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "plan_edits": {
        Row: {
          "at": string
          "delta": NonNullable<Json>
          "note": NonNullable<Json>
          "person_id": string | null
          "plan_id": string
          "revision": number
          "seq": number
        }
        ComputedFields: never
        Insert: {
          "at"?: string
          "delta": NonNullable<Json>
          "note"?: NonNullable<Json>
          "person_id"?: string | null
          "plan_id": string
          "revision": number
          "seq": number
        }
        Update: {
          "at"?: string
          "delta"?: NonNullable<Json>
          "note"?: NonNullable<Json>
          "person_id"?: string | null
          "plan_id"?: string
          "revision"?: number
          "seq"?: number
        }
        Relationships: [
          {
            foreignKeyName: "plan_edits_person_id_fkey"
            columns: [
              "person_id"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "plan_edits_plan_id_fkey"
            columns: [
              "plan_id"
            ]
            isOneToOne: false
            referencedRelation: "plans"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "plan_grids": {
        Row: {
          "code": string
          "community_id": number
          "grid_id": string
          "kind": Database["public"]["Enums"]["grid_kind"]
          "locked": boolean
          "name": string
          "plan_id": string
        }
        ComputedFields: never
        Insert: {
          "code": string
          "community_id": number
          "grid_id": string
          "kind"?: Database["public"]["Enums"]["grid_kind"]
          "locked"?: boolean
          "name": string
          "plan_id": string
        }
        Update: {
          "code"?: string
          "community_id"?: number
          "grid_id"?: string
          "kind"?: Database["public"]["Enums"]["grid_kind"]
          "locked"?: boolean
          "name"?: string
          "plan_id"?: string
        }
        Relationships: [
          {
            foreignKeyName: "plan_grids_community_id_fkey"
            columns: [
              "community_id"
            ]
            isOneToOne: false
            referencedRelation: "org_units"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "plan_grids_plan_id_fkey"
            columns: [
              "plan_id"
            ]
            isOneToOne: false
            referencedRelation: "plans"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "plan_land_arcs": {
        Row: {
          "arc_id": number
          "end_node": number | null
          "gone": boolean
          "kind": number | null
          "left_cell": number | null
          "line": unknown
          "plan_id": string
          "right_cell": number | null
          "start_node": number | null
        }
        ComputedFields: never
        Insert: {
          "arc_id": number
          "end_node"?: number | null
          "gone"?: boolean
          "kind"?: number | null
          "left_cell"?: number | null
          "line"?: unknown
          "plan_id": string
          "right_cell"?: number | null
          "start_node"?: number | null
        }
        Update: {
          "arc_id"?: number
          "end_node"?: number | null
          "gone"?: boolean
          "kind"?: number | null
          "left_cell"?: number | null
          "line"?: unknown
          "plan_id"?: string
          "right_cell"?: number | null
          "start_node"?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "plan_land_arcs_plan_id_fkey"
            columns: [
              "plan_id"
            ]
            isOneToOne: false
            referencedRelation: "plans"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "plan_land_buildings": {
        Row: {
          "building_id": number
          "cell_id": number
          "plan_id": string
        }
        ComputedFields: never
        Insert: {
          "building_id": number
          "cell_id": number
          "plan_id": string
        }
        Update: {
          "building_id"?: number
          "cell_id"?: number
          "plan_id"?: string
        }
        Relationships: [
          {
            foreignKeyName: "plan_land_buildings_building_id_fkey"
            columns: [
              "building_id"
            ]
            isOneToOne: false
            referencedRelation: "buildings"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "plan_land_buildings_plan_id_fkey"
            columns: [
              "plan_id"
            ]
            isOneToOne: false
            referencedRelation: "plans"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "plan_land_cells": {
        Row: {
          "cell_id": number
          "community_id": number | null
          "gone": boolean
          "label_x": number | null
          "label_y": number | null
          "plan_id": string
        }
        ComputedFields: never
        Insert: {
          "cell_id": number
          "community_id"?: number | null
          "gone"?: boolean
          "label_x"?: number | null
          "label_y"?: number | null
          "plan_id": string
        }
        Update: {
          "cell_id"?: number
          "community_id"?: number | null
          "gone"?: boolean
          "label_x"?: number | null
          "label_y"?: number | null
          "plan_id"?: string
        }
        Relationships: [
          {
            foreignKeyName: "plan_land_cells_community_id_fkey"
            columns: [
              "community_id"
            ]
            isOneToOne: false
            referencedRelation: "org_units"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "plan_land_cells_plan_id_fkey"
            columns: [
              "plan_id"
            ]
            isOneToOne: false
            referencedRelation: "plans"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "plan_land_nodes": {
        Row: {
          "gone": boolean
          "node_id": number
          "plan_id": string
          "x": number | null
          "y": number | null
        }
        ComputedFields: never
        Insert: {
          "gone"?: boolean
          "node_id": number
          "plan_id": string
          "x"?: number | null
          "y"?: number | null
        }
        Update: {
          "gone"?: boolean
          "node_id"?: number
          "plan_id"?: string
          "x"?: number | null
          "y"?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "plan_land_nodes_plan_id_fkey"
            columns: [
              "plan_id"
            ]
            isOneToOne: false
            referencedRelation: "plans"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "plan_links": {
        Row: {
          "cell_a": number
          "cell_b": number
          "kind": Database["public"]["Enums"]["link_kind"]
          "plan_id": string
        }
        ComputedFields: never
        Insert: {
          "cell_a": number
          "cell_b": number
          "kind": Database["public"]["Enums"]["link_kind"]
          "plan_id": string
        }
        Update: {
          "cell_a"?: number
          "cell_b"?: number
          "kind"?: Database["public"]["Enums"]["link_kind"]
          "plan_id"?: string
        }
        Relationships: [
          {
            foreignKeyName: "plan_links_plan_id_fkey"
            columns: [
              "plan_id"
            ]
            isOneToOne: false
            referencedRelation: "plans"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "plan_notes": {
        Row: {
          "note_id": string
          "plan_id": string
          "text": string
          "x": number
          "y": number
        }
        ComputedFields: never
        Insert: {
          "note_id": string
          "plan_id": string
          "text": string
          "x": number
          "y": number
        }
        Update: {
          "note_id"?: string
          "plan_id"?: string
          "text"?: string
          "x"?: number
          "y"?: number
        }
        Relationships: [
          {
            foreignKeyName: "plan_notes_plan_id_fkey"
            columns: [
              "plan_id"
            ]
            isOneToOne: false
            referencedRelation: "plans"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "plan_snapshots": {
        Row: {
          "at": string
          "id": number
          "kind": string
          "name": string
          "person_id": string | null
          "plan_id": string
          "revision": number
        }
        ComputedFields: never
        Insert: {
          "at"?: string
          "id"?: never
          "kind": string
          "name"?: string
          "person_id"?: string | null
          "plan_id": string
          "revision": number
        }
        Update: {
          "at"?: string
          "id"?: never
          "kind"?: string
          "name"?: string
          "person_id"?: string | null
          "plan_id"?: string
          "revision"?: number
        }
        Relationships: [
          {
            foreignKeyName: "plan_snapshots_person_id_fkey"
            columns: [
              "person_id"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "plan_snapshots_plan_id_fkey"
            columns: [
              "plan_id"
            ]
            isOneToOne: false
            referencedRelation: "plans"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "plan_waivers": {
        Row: {
          "at": string
          "code": string
          "compound_id": number | null
          "grid_id": string | null
          "id": number
          "person_id": string | null
          "plan_id": string
          "reason": string
        }
        ComputedFields: never
        Insert: {
          "at"?: string
          "code": string
          "compound_id"?: number | null
          "grid_id"?: string | null
          "id"?: never
          "person_id"?: string | null
          "plan_id": string
          "reason": string
        }
        Update: {
          "at"?: string
          "code"?: string
          "compound_id"?: number | null
          "grid_id"?: string | null
          "id"?: never
          "person_id"?: string | null
          "plan_id"?: string
          "reason"?: string
        }
        Relationships: [
          {
            foreignKeyName: "plan_waivers_person_id_fkey"
            columns: [
              "person_id"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "plan_waivers_plan_id_fkey"
            columns: [
              "plan_id"
            ]
            isOneToOne: false
            referencedRelation: "plans"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "plans": {
        Row: {
          "base_edition_id": number | null
          "community_ids": (number)[] | null
          "created_at": string
          "created_by": string | null
          "id": string
          "land_id": number
          "number": number
          "published_at": string | null
          "revision": number
          "settings": Json | null
          "stage": Database["public"]["Enums"]["plan_stage"]
          "stage_at": string | null
          "stage_by": string | null
          "status": Database["public"]["Enums"]["plan_status"]
          "submitted_by": string | null
          "title": string
          "updated_at": string
        }
        ComputedFields: never
        Insert: {
          "base_edition_id"?: number | null
          "community_ids"?: (number)[] | null
          "created_at"?: string
          "created_by"?: string | null
          "id"?: string
          "land_id": number
          "number": number
          "published_at"?: string | null
          "revision"?: number
          "settings"?: Json | null
          "stage"?: Database["public"]["Enums"]["plan_stage"]
          "stage_at"?: string | null
          "stage_by"?: string | null
          "status"?: Database["public"]["Enums"]["plan_status"]
          "submitted_by"?: string | null
          "title": string
          "updated_at"?: string
        }
        Update: {
          "base_edition_id"?: number | null
          "community_ids"?: (number)[] | null
          "created_at"?: string
          "created_by"?: string | null
          "id"?: string
          "land_id"?: number
          "number"?: number
          "published_at"?: string | null
          "revision"?: number
          "settings"?: Json | null
          "stage"?: Database["public"]["Enums"]["plan_stage"]
          "stage_at"?: string | null
          "stage_by"?: string | null
          "status"?: Database["public"]["Enums"]["plan_status"]
          "submitted_by"?: string | null
          "title"?: string
          "updated_at"?: string
        }
        Relationships: [
          {
            foreignKeyName: "plans_base_edition_id_fkey"
            columns: [
              "base_edition_id"
            ]
            isOneToOne: false
            referencedRelation: "grid_editions"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "plans_created_by_fkey"
            columns: [
              "created_by"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "plans_land_id_fkey"
            columns: [
              "land_id"
            ]
            isOneToOne: false
            referencedRelation: "lands"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "plans_stage_by_fkey"
            columns: [
              "stage_by"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "plans_submitted_by_fkey"
            columns: [
              "submitted_by"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "posts": {
        Row: {
          "grid_id": string | null
          "id": number
          "org_unit_id": number
          "person_id": string
          "revision": number
          "role": Database["public"]["Enums"]["post_role"]
          "updated_at": string
          "updated_by": string | null
          "valid_from": string
          "valid_to": string | null
        }
        ComputedFields: never
        Insert: {
          "grid_id"?: string | null
          "id"?: number
          "org_unit_id": number
          "person_id": string
          "revision"?: number
          "role": Database["public"]["Enums"]["post_role"]
          "updated_at"?: string
          "updated_by"?: string | null
          "valid_from"?: string
          "valid_to"?: string | null
        }
        Update: {
          "grid_id"?: string | null
          "id"?: number
          "org_unit_id"?: number
          "person_id"?: string
          "revision"?: number
          "role"?: Database["public"]["Enums"]["post_role"]
          "updated_at"?: string
          "updated_by"?: string | null
          "valid_from"?: string
          "valid_to"?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "posts_org_unit_id_fkey"
            columns: [
              "org_unit_id"
            ]
            isOneToOne: false
            referencedRelation: "org_units"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "posts_person_id_fkey"
            columns: [
              "person_id"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "posts_updated_by_fkey"
            columns: [
              "updated_by"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "residents": {
        Row: {
          "birth_year": number | null
          "building_id": number
          "community_id": number
          "erased_at": string | null
          "household_id": number
          "id": number
          "id_number_masked": string | null
          "name_masked": string
          "phone_masked": string | null
          "relation": string
          "sex": string | null
        }
        ComputedFields: never
        Insert: {
          "birth_year"?: number | null
          "building_id": number
          "community_id": number
          "erased_at"?: string | null
          "household_id": number
          "id"?: number
          "id_number_masked"?: string | null
          "name_masked": string
          "phone_masked"?: string | null
          "relation"?: string
          "sex"?: string | null
        }
        Update: {
          "birth_year"?: number | null
          "building_id"?: number
          "community_id"?: number
          "erased_at"?: string | null
          "household_id"?: number
          "id"?: number
          "id_number_masked"?: string | null
          "name_masked"?: string
          "phone_masked"?: string | null
          "relation"?: string
          "sex"?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "residents_building_id_fkey"
            columns: [
              "building_id"
            ]
            isOneToOne: false
            referencedRelation: "buildings"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "residents_community_id_fkey"
            columns: [
              "community_id"
            ]
            isOneToOne: false
            referencedRelation: "org_units"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "residents_household_id_fkey"
            columns: [
              "household_id"
            ]
            isOneToOne: false
            referencedRelation: "households"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "settings": {
        Row: {
          "key": string
          "org_unit_id": number
          "revision": number
          "updated_at": string
          "updated_by": string | null
          "value": NonNullable<Json>
        }
        ComputedFields: never
        Insert: {
          "key": string
          "org_unit_id": number
          "revision"?: number
          "updated_at"?: string
          "updated_by"?: string | null
          "value": NonNullable<Json>
        }
        Update: {
          "key"?: string
          "org_unit_id"?: number
          "revision"?: number
          "updated_at"?: string
          "updated_by"?: string | null
          "value"?: NonNullable<Json>
        }
        Relationships: [
          {
            foreignKeyName: "settings_org_unit_id_fkey"
            columns: [
              "org_unit_id"
            ]
            isOneToOne: false
            referencedRelation: "org_units"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "settings_updated_by_fkey"
            columns: [
              "updated_by"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "siting_scenarios": {
        Row: {
          "bound": number
          "figures": NonNullable<Json>
          "id": string
          "land_id": number
          "number": number
          "published_at": string | null
          "revision": number
          "saved_at": string
          "saved_by": string | null
          "sites": NonNullable<Json>
          "state": Database["public"]["Enums"]["siting_state"]
          "task": NonNullable<Json>
          "title": string
          "value": number
        }
        ComputedFields: never
        Insert: {
          "bound": number
          "figures": NonNullable<Json>
          "id"?: string
          "land_id": number
          "number": number
          "published_at"?: string | null
          "revision"?: number
          "saved_at": string
          "saved_by"?: string | null
          "sites": NonNullable<Json>
          "state"?: Database["public"]["Enums"]["siting_state"]
          "task": NonNullable<Json>
          "title": string
          "value": number
        }
        Update: {
          "bound"?: number
          "figures"?: NonNullable<Json>
          "id"?: string
          "land_id"?: number
          "number"?: number
          "published_at"?: string | null
          "revision"?: number
          "saved_at"?: string
          "saved_by"?: string | null
          "sites"?: NonNullable<Json>
          "state"?: Database["public"]["Enums"]["siting_state"]
          "task"?: NonNullable<Json>
          "title"?: string
          "value"?: number
        }
        Relationships: [
          {
            foreignKeyName: "siting_scenarios_land_id_fkey"
            columns: [
              "land_id"
            ]
            isOneToOne: false
            referencedRelation: "lands"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "siting_scenarios_saved_by_fkey"
            columns: [
              "saved_by"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "stairwells": {
        Row: {
          "building_id": number
          "id": number
          "name": string
          "sort": number
        }
        ComputedFields: never
        Insert: {
          "building_id": number
          "id"?: number
          "name": string
          "sort"?: number
        }
        Update: {
          "building_id"?: number
          "id"?: number
          "name"?: string
          "sort"?: number
        }
        Relationships: [
          {
            foreignKeyName: "stairwells_building_id_fkey"
            columns: [
              "building_id"
            ]
            isOneToOne: false
            referencedRelation: "buildings"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "station_activities": {
        Row: {
          "from_minute": number
          "id": number
          "place": string
          "seats": number
          "station_id": number
          "title": string
          "to_minute": number
          "weekdays": (boolean)[]
        }
        ComputedFields: never
        Insert: {
          "from_minute": number
          "id"?: number
          "place"?: string
          "seats"?: number
          "station_id": number
          "title": string
          "to_minute": number
          "weekdays": (boolean)[]
        }
        Update: {
          "from_minute"?: number
          "id"?: number
          "place"?: string
          "seats"?: number
          "station_id"?: number
          "title"?: string
          "to_minute"?: number
          "weekdays"?: (boolean)[]
        }
        Relationships: [
          {
            foreignKeyName: "station_activities_station_id_fkey"
            columns: [
              "station_id"
            ]
            isOneToOne: false
            referencedRelation: "stations"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "stations": {
        Row: {
          "capacity": number
          "community_id": number | null
          "hours": string
          "id": number
          "initials": string
          "land_id": number
          "level": Database["public"]["Enums"]["station_level"]
          "name": string
          "point": unknown
          "revision": number
          "updated_at": string
          "updated_by": string | null
        }
        ComputedFields: never
        Insert: {
          "capacity"?: number
          "community_id"?: number | null
          "hours"?: string
          "id"?: number
          "initials"?: string
          "land_id": number
          "level": Database["public"]["Enums"]["station_level"]
          "name": string
          "point": unknown
          "revision"?: number
          "updated_at"?: string
          "updated_by"?: string | null
        }
        Update: {
          "capacity"?: number
          "community_id"?: number | null
          "hours"?: string
          "id"?: number
          "initials"?: string
          "land_id"?: number
          "level"?: Database["public"]["Enums"]["station_level"]
          "name"?: string
          "point"?: unknown
          "revision"?: number
          "updated_at"?: string
          "updated_by"?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "stations_community_id_fkey"
            columns: [
              "community_id"
            ]
            isOneToOne: false
            referencedRelation: "org_units"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "stations_land_id_fkey"
            columns: [
              "land_id"
            ]
            isOneToOne: false
            referencedRelation: "lands"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "stations_updated_by_fkey"
            columns: [
              "updated_by"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "streets": {
        Row: {
          "bridge": string
          "class": string
          "geom": unknown
          "hard": boolean
          "id": number
          "initials": string
          "land_id": number
          "layer": number
          "name": string
          "source_ref": string | null
          "tunnel": string
        }
        ComputedFields: never
        Insert: {
          "bridge"?: string
          "class": string
          "geom": unknown
          "hard"?: boolean
          "id"?: number
          "initials"?: string
          "land_id": number
          "layer"?: number
          "name"?: string
          "source_ref"?: string | null
          "tunnel"?: string
        }
        Update: {
          "bridge"?: string
          "class"?: string
          "geom"?: unknown
          "hard"?: boolean
          "id"?: number
          "initials"?: string
          "land_id"?: number
          "layer"?: number
          "name"?: string
          "source_ref"?: string | null
          "tunnel"?: string
        }
        Relationships: [
          {
            foreignKeyName: "streets_land_id_fkey"
            columns: [
              "land_id"
            ]
            isOneToOne: false
            referencedRelation: "lands"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "visit_tasks": {
        Row: {
          "community_id": number
          "due_on": string
          "ended_at": string | null
          "household_id": number
          "id": number
          "member_id": number
          "set_at": string
          "set_by": string | null
          "state": Database["public"]["Enums"]["visit_task_state"]
        }
        ComputedFields: never
        Insert: {
          "community_id": number
          "due_on": string
          "ended_at"?: string | null
          "household_id": number
          "id"?: number
          "member_id": number
          "set_at": string
          "set_by"?: string | null
          "state"?: Database["public"]["Enums"]["visit_task_state"]
        }
        Update: {
          "community_id"?: number
          "due_on"?: string
          "ended_at"?: string | null
          "household_id"?: number
          "id"?: number
          "member_id"?: number
          "set_at"?: string
          "set_by"?: string | null
          "state"?: Database["public"]["Enums"]["visit_task_state"]
        }
        Relationships: [
          {
            foreignKeyName: "visit_tasks_community_id_fkey"
            columns: [
              "community_id"
            ]
            isOneToOne: false
            referencedRelation: "org_units"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "visit_tasks_household_id_fkey"
            columns: [
              "household_id"
            ]
            isOneToOne: false
            referencedRelation: "households"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "visit_tasks_member_id_fkey"
            columns: [
              "member_id"
            ]
            isOneToOne: false
            referencedRelation: "members"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "visit_tasks_set_by_fkey"
            columns: [
              "set_by"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "visits": {
        Row: {
          "community_id": number
          "household_id": number
          "id": string
          "kind": Database["public"]["Enums"]["visit_kind"]
          "logged_at": string
          "member_id": number | null
          "outcome": Database["public"]["Enums"]["visit_outcome"]
          "person_id": string | null
          "purpose": Database["public"]["Enums"]["visit_purpose"]
          "satisfaction": number | null
          "task_id": number | null
          "visited_on": string
        }
        ComputedFields: never
        Insert: {
          "community_id": number
          "household_id": number
          "id": string
          "kind": Database["public"]["Enums"]["visit_kind"]
          "logged_at": string
          "member_id"?: number | null
          "outcome": Database["public"]["Enums"]["visit_outcome"]
          "person_id"?: string | null
          "purpose": Database["public"]["Enums"]["visit_purpose"]
          "satisfaction"?: number | null
          "task_id"?: number | null
          "visited_on": string
        }
        Update: {
          "community_id"?: number
          "household_id"?: number
          "id"?: string
          "kind"?: Database["public"]["Enums"]["visit_kind"]
          "logged_at"?: string
          "member_id"?: number | null
          "outcome"?: Database["public"]["Enums"]["visit_outcome"]
          "person_id"?: string | null
          "purpose"?: Database["public"]["Enums"]["visit_purpose"]
          "satisfaction"?: number | null
          "task_id"?: number | null
          "visited_on"?: string
        }
        Relationships: [
          {
            foreignKeyName: "visits_community_id_fkey"
            columns: [
              "community_id"
            ]
            isOneToOne: false
            referencedRelation: "org_units"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "visits_household_id_fkey"
            columns: [
              "household_id"
            ]
            isOneToOne: false
            referencedRelation: "households"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "visits_member_id_fkey"
            columns: [
              "member_id"
            ]
            isOneToOne: false
            referencedRelation: "members"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "visits_person_id_fkey"
            columns: [
              "person_id"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "visits_task_id_fkey"
            columns: [
              "task_id"
            ]
            isOneToOne: false
            referencedRelation: "visit_tasks"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
      "work_days": {
        Row: {
          "day": string
          "is_working": boolean
          "name": string
        }
        ComputedFields: never
        Insert: {
          "day": string
          "is_working": boolean
          "name"?: string
        }
        Update: {
          "day"?: string
          "is_working"?: boolean
          "name"?: string
        }
        Relationships: [
        ]
      }
      "work_units": {
        Row: {
          "branch": Database["public"]["Enums"]["branch_kind"] | null
          "community_id": number
          "compound_id": number | null
          "geom": unknown
          "id": number
          "kind": Database["public"]["Enums"]["work_unit_kind"]
          "land_id": number
          "name": string
          "note": string | null
          "revision": number
          "status": Database["public"]["Enums"]["work_unit_status"]
          "updated_at": string
          "updated_by": string | null
        }
        ComputedFields: never
        Insert: {
          "branch"?: Database["public"]["Enums"]["branch_kind"] | null
          "community_id": number
          "compound_id"?: number | null
          "geom"?: unknown
          "id"?: number
          "kind": Database["public"]["Enums"]["work_unit_kind"]
          "land_id": number
          "name": string
          "note"?: string | null
          "revision"?: number
          "status"?: Database["public"]["Enums"]["work_unit_status"]
          "updated_at"?: string
          "updated_by"?: string | null
        }
        Update: {
          "branch"?: Database["public"]["Enums"]["branch_kind"] | null
          "community_id"?: number
          "compound_id"?: number | null
          "geom"?: unknown
          "id"?: number
          "kind"?: Database["public"]["Enums"]["work_unit_kind"]
          "land_id"?: number
          "name"?: string
          "note"?: string | null
          "revision"?: number
          "status"?: Database["public"]["Enums"]["work_unit_status"]
          "updated_at"?: string
          "updated_by"?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "work_units_community_id_fkey"
            columns: [
              "community_id"
            ]
            isOneToOne: false
            referencedRelation: "org_units"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "work_units_compound_id_fkey"
            columns: [
              "compound_id"
            ]
            isOneToOne: false
            referencedRelation: "compounds"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "work_units_land_id_fkey"
            columns: [
              "land_id"
            ]
            isOneToOne: false
            referencedRelation: "lands"
            referencedColumns: [
              "id"
            ]
          },
          {
            foreignKeyName: "work_units_updated_by_fkey"
            columns: [
              "updated_by"
            ]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: [
              "id"
            ]
          }
        ]
      }
    }
    Views: {
      [_ in never]: never
    }
    Functions: {
      "access_report": {
        Args: {
          "p_resident": number
        }
        Returns: Json
      }
      "account_list": {
        Args: {
          "p_org_unit": number
        }
        Returns: Json
      }
      "act_on_issue": {
        Args: {
          "p_act": Database["public"]["Enums"]["issue_act"]
          "p_input": Json
          "p_issue": number
          "p_request_key"?: string
          "p_revision": number
        }
        Returns: Json
      }
      "add_fixes": {
        Args: {
          "p_fixes": Json
          "p_seq": number
          "p_track": string
        }
        Returns: Json
      }
      "answer_second_factor": {
        Args: {
          "p_code": string
        }
        Returns: Json
      }
      "appoint": {
        Args: {
          "p_grid": string
          "p_org_unit": number
          "p_person": string
          "p_request_key"?: string
          "p_role": Database["public"]["Enums"]["post_role"]
          "p_valid_from": string
        }
        Returns: Json
      }
      "approve_plan": {
        Args: {
          "p_comment": string
          "p_plan": string
          "p_request_key"?: string
          "p_revision": number
        }
        Returns: Json
      }
      "assignment_document": {
        Args: {
          "p_plan": string
        }
        Returns: Json
      }
      "assignment_edition": {
        Args: {
          "p_community": number
          "p_number": number
        }
        Returns: Json
      }
      "assignment_edits_since": {
        Args: {
          "p_plan": string
          "p_revision": number
        }
        Returns: Json
      }
      "assignment_history": {
        Args: {
          "p_org_unit": number
        }
        Returns: Json
      }
      "assignment_papers": {
        Args: {
          "p_kind": string
          "p_org_unit": number
          "p_reason": string
        }
        Returns: Json
      }
      "assignment_scope": {
        Args: {
          "p_land": number
        }
        Returns: Json
      }
      "assignment_settings": {
        Args: {
          "p_org_unit": number
        }
        Returns: Json
      }
      "begin_second_factor": {
        Args: Record<PropertyKey, never>
        Returns: Json
      }
      "chain_breaks": {
        Args: {
          "p_org_unit": number
        }
        Returns: Json
      }
      "change_password": {
        Args: {
          "p_new": string
          "p_old": string
        }
        Returns: Json
      }
      "check_assignment": {
        Args: {
          "p_plan": string
        }
        Returns: Json
      }
      "check_plan": {
        Args: {
          "p_plan": string
        }
        Returns: Json
      }
      "close_station": {
        Args: {
          "p_reason": string
          "p_request_key"?: string
          "p_revision": number
          "p_station": number
        }
        Returns: Json
      }
      "comment_plan": {
        Args: {
          "p_grid": string
          "p_plan": string
          "p_request_key"?: string
          "p_text": string
        }
        Returns: Json
      }
      "confirm_second_factor": {
        Args: {
          "p_code": string
        }
        Returns: Json
      }
      "copy_assignment_draft": {
        Args: {
          "p_at_revision": number
          "p_edits": Json
          "p_plan": string
          "p_request_key"?: string
          "p_title": string
        }
        Returns: Json
      }
      "copy_plan_draft": {
        Args: {
          "p_at_revision": number
          "p_edits": Json
          "p_plan": string
          "p_request_key"?: string
          "p_title": string
        }
        Returns: Json
      }
      "coverage_scope": {
        Args: {
          "p_land": number
        }
        Returns: Json
      }
      "coverage_settings": {
        Args: {
          "p_org_unit": number
        }
        Returns: Json
      }
      "create_account": {
        Args: {
          "p_email": string
          "p_first_password": string
          "p_grid"?: string
          "p_name": string
          "p_org_unit": number
          "p_phone": string
          "p_request_key"?: string
          "p_role": Database["public"]["Enums"]["post_role"]
        }
        Returns: Json
      }
      "discard_assignment": {
        Args: {
          "p_plan": string
        }
        Returns: Json
      }
      "discard_patrol_plan": {
        Args: {
          "p_plan": string
          "p_request_key"?: string
        }
        Returns: Json
      }
      "discard_plan": {
        Args: {
          "p_plan": string
        }
        Returns: Json
      }
      "discard_siting_scenario": {
        Args: {
          "p_request_key"?: string
          "p_scenario": string
        }
        Returns: Json
      }
      "discard_track": {
        Args: {
          "p_track": string
        }
        Returns: Json
      }
      "drop_second_factor": {
        Args: {
          "p_person": string
          "p_request_key"?: string
        }
        Returns: Json
      }
      "drop_visit_tasks": {
        Args: {
          "p_request_key"?: string
          "p_tasks": (number)[]
        }
        Returns: Json
      }
      "end_other_sessions": {
        Args: Record<PropertyKey, never>
        Returns: Json
      }
      "end_patrol_plan": {
        Args: {
          "p_plan": string
          "p_request_key"?: string
        }
        Returns: Json
      }
      "end_post": {
        Args: {
          "p_last_day": string
          "p_post": number
          "p_request_key"?: string
          "p_revision": number
        }
        Returns: Json
      }
      "end_session": {
        Args: {
          "p_id": string
        }
        Returns: Json
      }
      "end_track": {
        Args: {
          "p_ended_at": string
          "p_last_seq": number
          "p_track": string
        }
        Returns: Json
      }
      "erase_issue_reporter": {
        Args: {
          "p_issue": number
          "p_reason": string
          "p_request_key"?: string
        }
        Returns: Json
      }
      "erase_resident": {
        Args: {
          "p_reason": string
          "p_request_key"?: string
          "p_resident": number
        }
        Returns: Json
      }
      "give_account": {
        Args: {
          "p_email": string
          "p_first_password": string
          "p_person": string
          "p_request_key"?: string
        }
        Returns: Json
      }
      "give_patrol_consent": {
        Args: {
          "p_request_key"?: string
          "p_version": number
        }
        Returns: Json
      }
      "grid_edition": {
        Args: {
          "p_land": number
          "p_number": number
        }
        Returns: Json
      }
      "grid_settings": {
        Args: {
          "p_org_unit": number
        }
        Returns: Json
      }
      "grid_staffing": {
        Args: {
          "p_land": number
        }
        Returns: Json
      }
      "household_chain": {
        Args: {
          "p_household": number
        }
        Returns: Json
      }
      "import_begin": {
        Args: {
          "p_kind": string
          "p_meta": Json
          "p_org_unit": number
        }
        Returns: Json
      }
      "import_cancel": {
        Args: {
          "p_import": string
        }
        Returns: Json
      }
      "import_check": {
        Args: {
          "p_import": string
        }
        Returns: Json
      }
      "import_chunk": {
        Args: {
          "p_import": string
          "p_kind": string
          "p_rows": Json
          "p_seq": number
        }
        Returns: Json
      }
      "import_commit": {
        Args: {
          "p_import": string
          "p_request_key"?: string
        }
        Returns: Json
      }
      "import_track": {
        Args: {
          "p_input": Json
          "p_track": string
        }
        Returns: Json
      }
      "issue_detail": {
        Args: {
          "p_issue": number
        }
        Returns: Json
      }
      "issue_figures": {
        Args: {
          "p_from": string
          "p_org_unit": number
          "p_to": string
        }
        Returns: Json
      }
      "issue_photo": {
        Args: {
          "p_photo": number
        }
        Returns: Json
      }
      "issue_scope": {
        Args: {
          "p_land": number
        }
        Returns: Json
      }
      "issue_settings": {
        Args: {
          "p_org_unit": number
        }
        Returns: Json
      }
      "land_source": {
        Args: {
          "p_land": number
        }
        Returns: Json
      }
      "link_issues": {
        Args: {
          "p_issue": number
          "p_kind": string
          "p_other": number
          "p_request_key"?: string
        }
        Returns: Json
      }
      "log_visits": {
        Args: {
          "p_request_key"?: string
          "p_visits": Json
        }
        Returns: Json
      }
      "mark_checkpoint": {
        Args: {
          "p_accuracy": number
          "p_at": string
          "p_checkpoint": number
          "p_lat": number
          "p_lng": number
          "p_track": string
        }
        Returns: Json
      }
      "my_households": {
        Args: Record<PropertyKey, never>
        Returns: Json
      }
      "my_issues": {
        Args: Record<PropertyKey, never>
        Returns: Json
      }
      "my_patrol": {
        Args: {
          "p_day"?: string
        }
        Returns: Json
      }
      "my_sessions": {
        Args: Record<PropertyKey, never>
        Returns: Json
      }
      "my_visits": {
        Args: Record<PropertyKey, never>
        Returns: Json
      }
      "near_issues": {
        Args: {
          "p_category": Database["public"]["Enums"]["issue_category"]
          "p_land": number
          "p_lat": number
          "p_lng": number
        }
        Returns: Json
      }
      "open_assignment_draft": {
        Args: {
          "p_org_unit": number
          "p_request_key"?: string
          "p_title": string
        }
        Returns: Json
      }
      "open_plan_draft": {
        Args: {
          "p_land": number
          "p_request_key"?: string
          "p_title": string
        }
        Returns: Json
      }
      "open_track": {
        Args: {
          "p_input": Json
          "p_track": string
        }
        Returns: Json
      }
      "org_totals": {
        Args: {
          "p_parent": number
        }
        Returns: Json
      }
      "overview_figures": {
        Args: {
          "p_org_unit": number
          "p_period"?: string
        }
        Returns: Json
      }
      "overview_outlines": {
        Args: {
          "p_org_unit": number
        }
        Returns: Json
      }
      "patrol_figures": {
        Args: {
          "p_from": string
          "p_org_unit": number
          "p_to": string
        }
        Returns: Json
      }
      "patrol_scope": {
        Args: {
          "p_from"?: string
          "p_land": number
          "p_to"?: string
        }
        Returns: Json
      }
      "patrol_settings": {
        Args: {
          "p_org_unit": number
        }
        Returns: Json
      }
      "plan_document": {
        Args: {
          "p_plan": string
        }
        Returns: Json
      }
      "plan_edits_since": {
        Args: {
          "p_plan": string
          "p_revision": number
        }
        Returns: Json
      }
      "plan_history": {
        Args: {
          "p_land": number
        }
        Returns: Json
      }
      "plan_papers": {
        Args: {
          "p_plan": string
        }
        Returns: Json
      }
      "plan_snapshot": {
        Args: {
          "p_snapshot": number
        }
        Returns: Json
      }
      "plan_visits": {
        Args: {
          "p_due": string
          "p_households": (number)[]
          "p_land": number
          "p_request_key"?: string
        }
        Returns: Json
      }
      "preview_erasure": {
        Args: {
          "p_resident": number
        }
        Returns: Json
      }
      "publish_assignment": {
        Args: {
          "p_plan": string
          "p_request_key"?: string
          "p_revision": number
          "p_waivers": Json
        }
        Returns: Json
      }
      "publish_patrol_plan": {
        Args: {
          "p_plan": string
          "p_request_key"?: string
          "p_revision": number
        }
        Returns: Json
      }
      "publish_plan": {
        Args: {
          "p_plan": string
          "p_request_key"?: string
          "p_revision": number
          "p_waivers": Json
        }
        Returns: Json
      }
      "publish_siting_scenario": {
        Args: {
          "p_access": Json
          "p_request_key"?: string
          "p_revision": number
          "p_scenario": string
        }
        Returns: Json
      }
      "raw_track": {
        Args: {
          "p_reason": string
          "p_track": string
        }
        Returns: Json
      }
      "rebase_assignment_draft": {
        Args: {
          "p_plan": string
          "p_request_key"?: string
          "p_revision": number
          "p_take": (number)[]
        }
        Returns: Json
      }
      "rebase_plan_draft": {
        Args: {
          "p_edition": number
          "p_edits": Json
          "p_plan": string
          "p_request_key"?: string
          "p_revision": number
        }
        Returns: Json
      }
      "record_export": {
        Args: {
          "p_filter": Json
          "p_kind": string
          "p_reason": string
          "p_request_key"?: string
          "p_rows": number
        }
        Returns: Json
      }
      "refresh_gap_day": {
        Args: {
          "p_land": number
        }
        Returns: Json
      }
      "remove_checkpoint": {
        Args: {
          "p_id": number
          "p_request_key"?: string
        }
        Returns: Json
      }
      "remove_second_factor": {
        Args: {
          "p_code": string
          "p_password": string
        }
        Returns: Json
      }
      "remove_station_activity": {
        Args: {
          "p_activity": number
          "p_request_key"?: string
          "p_revision": number
        }
        Returns: Json
      }
      "remove_work_unit": {
        Args: {
          "p_request_key"?: string
          "p_unit": number
        }
        Returns: Json
      }
      "reopen_station": {
        Args: {
          "p_request_key"?: string
          "p_station": number
        }
        Returns: Json
      }
      "report_issue": {
        Args: {
          "p_issue": Json
          "p_request_key"?: string
        }
        Returns: Json
      }
      "report_issues": {
        Args: {
          "p_dry_run"?: boolean
          "p_issues": Json
          "p_land": number
          "p_request_key"?: string
        }
        Returns: Json
      }
      "reset_password": {
        Args: {
          "p_first_password": string
          "p_person": string
          "p_request_key"?: string
        }
        Returns: Json
      }
      "restore_checkpoint": {
        Args: {
          "p_id": number
          "p_request_key"?: string
        }
        Returns: Json
      }
      "retire_person": {
        Args: {
          "p_person": string
          "p_request_key"?: string
          "p_revision": number
        }
        Returns: Json
      }
      "return_plan": {
        Args: {
          "p_comment": string
          "p_plan": string
          "p_request_key"?: string
        }
        Returns: Json
      }
      "reveal_issue_reporter": {
        Args: {
          "p_issue": number
          "p_reason": string
        }
        Returns: Json
      }
      "reveal_resident": {
        Args: {
          "p_purpose": string
          "p_reason": string
          "p_resident": number
        }
        Returns: Json
      }
      "run_issue_rules": {
        Args: {
          "p_land": number
        }
        Returns: Json
      }
      "run_patrol_rules": {
        Args: {
          "p_land": number
        }
        Returns: Json
      }
      "run_retention": {
        Args: Record<PropertyKey, never>
        Returns: Json
      }
      "save_access": {
        Args: {
          "p_access": Json
          "p_communities": (number)[]
          "p_land": number
          "p_request_key"?: string
          "p_revisions": (number)[]
        }
        Returns: Json
      }
      "save_assignment_draft": {
        Args: {
          "p_base_revision": number
          "p_edits": Json
          "p_plan": string
          "p_request_key"?: string
        }
        Returns: Json
      }
      "save_checkpoint": {
        Args: {
          "p_checkpoint": Json
          "p_request_key"?: string
        }
        Returns: Json
      }
      "save_patrol_plan": {
        Args: {
          "p_plan": Json
          "p_request_key"?: string
          "p_revision": number
        }
        Returns: Json
      }
      "save_plan_draft": {
        Args: {
          "p_base_revision": number
          "p_edits": Json
          "p_plan": string
          "p_request_key"?: string
        }
        Returns: Json
      }
      "save_setting": {
        Args: {
          "p_key": string
          "p_org_unit": number
          "p_request_key"?: string
          "p_revision": number
          "p_value": Json
        }
        Returns: Json
      }
      "save_siting_scenario": {
        Args: {
          "p_request_key"?: string
          "p_revision": number
          "p_scenario": Json
        }
        Returns: Json
      }
      "save_station": {
        Args: {
          "p_request_key"?: string
          "p_revision": number
          "p_station": Json
        }
        Returns: Json
      }
      "save_station_activity": {
        Args: {
          "p_activity": Json
          "p_request_key"?: string
          "p_revision": number
        }
        Returns: Json
      }
      "save_track_match": {
        Args: {
          "p_match": Json
          "p_request_key"?: string
          "p_track": string
        }
        Returns: Json
      }
      "save_work_unit": {
        Args: {
          "p_request_key"?: string
          "p_revision": number
          "p_unit": Json
        }
        Returns: Json
      }
      "scope_snapshot": {
        Args: {
          "p_land": number
        }
        Returns: Json
      }
      "search_people": {
        Args: {
          "p_limit": number
          "p_query": string
        }
        Returns: Json
      }
      "set_compound_status": {
        Args: {
          "p_compound": number
          "p_expected": Database["public"]["Enums"]["compound_status"]
          "p_note": string
          "p_request_key"?: string
          "p_status": Database["public"]["Enums"]["compound_status"]
        }
        Returns: Json
      }
      "set_contact_link": {
        Args: {
          "p_kind": Database["public"]["Enums"]["contact_kind"]
          "p_member": number
          "p_request_key"?: string
          "p_target": number
        }
        Returns: Json
      }
      "set_duties": {
        Args: {
          "p_land": number
          "p_request_key"?: string
          "p_rules": Json
        }
        Returns: Json
      }
      "set_gates": {
        Args: {
          "p_input": Json
          "p_land": number
          "p_request_key"?: string
        }
        Returns: Json
      }
      "set_person_active": {
        Args: {
          "p_active": boolean
          "p_person": string
          "p_request_key"?: string
          "p_revision": number
        }
        Returns: Json
      }
      "snapshot_plan": {
        Args: {
          "p_name": string
          "p_plan": string
          "p_request_key"?: string
          "p_revision": number
        }
        Returns: Json
      }
      "submit_plan": {
        Args: {
          "p_comment": string
          "p_plan": string
          "p_request_key"?: string
          "p_revision": number
        }
        Returns: Json
      }
      "touch_session": {
        Args: Record<PropertyKey, never>
        Returns: Json
      }
      "track_yards": {
        Args: {
          "p_from": string
          "p_land": number
          "p_to": string
        }
        Returns: Json
      }
      "tracks_to_match": {
        Args: {
          "p_after"?: string
          "p_land": number
          "p_own"?: boolean
        }
        Returns: Json
      }
      "undo_visit": {
        Args: {
          "p_request_key"?: string
          "p_visit": string
        }
        Returns: Json
      }
      "verify_audit_chain": {
        Args: Record<PropertyKey, never>
        Returns: Json
      }
      "visitor_board": {
        Args: {
          "p_before"?: string
          "p_filter"?: Json
          "p_land": number
        }
        Returns: Json
      }
      "visitor_board_figures": {
        Args: {
          "p_land": number
        }
        Returns: Json
      }
      "visitor_follow": {
        Args: {
          "p_code": string
        }
        Returns: Json
      }
      "visitor_map": {
        Args: {
          "p_land": number
        }
        Returns: Json
      }
      "visitor_places": {
        Args: {
          "p_code"?: string
        }
        Returns: Json
      }
      "visitor_rate": {
        Args: {
          "p_code": string
          "p_note"?: string
          "p_satisfaction": number
        }
        Returns: Json
      }
      "visitor_reopen": {
        Args: {
          "p_code": string
          "p_note": string
        }
        Returns: Json
      }
      "visitor_report": {
        Args: {
          "p_request_key"?: string
          "p_slip": Json
        }
        Returns: Json
      }
      "visitor_withdraw": {
        Args: {
          "p_code": string
        }
        Returns: Json
      }
      "visits_of": {
        Args: {
          "p_household": number
        }
        Returns: Json
      }
      "whoami": {
        Args: Record<PropertyKey, never>
        Returns: Json
      }
      "withdraw_patrol_consent": {
        Args: {
          "p_request_key"?: string
        }
        Returns: Json
      }
    }
    Enums: {
      "assignment_mode": "household" | "building"
      "branch_kind": "direct" | "joint" | "combined"
      "checkpoint_mark": "visited" | "probable" | "confirmed"
      "community_kind": "urban" | "rural"
      "compound_status": "managed" | "self_managed" | "unmanaged"
      "contact_kind": "household" | "frail_care" | "group_leader" | "committee" | "building"
      "grid_kind": "basic" | "dedicated"
      "issue_act": "claim" | "assign" | "progress" | "supervise" | "remind" | "finish" | "return" | "close" | "explain" | "mark_duplicate" | "escalate" | "hand_down" | "reopen" | "rate" | "publish" | "unpublish" | "withdraw"
      "issue_category": "sanitation" | "property" | "facilities" | "noise" | "safety" | "fire" | "parking" | "greening" | "dispute" | "welfare" | "policy" | "other"
      "issue_level": "grid" | "community" | "street" | "district"
      "issue_outcome": "solved" | "explained" | "duplicate" | "withdrawn"
      "issue_source": "public" | "worker" | "member" | "reception"
      "issue_state": "reported" | "claimed" | "supervised" | "published"
      "link_kind": "bridge" | "wall"
      "member_condition": "able" | "frail"
      "org_level": "district" | "street" | "work_zone" | "community" | "party_group"
      "patrol_aim": "min_max" | "min_total"
      "patrol_kind": "daily" | "special"
      "patrol_occasion": "duty" | "chosen" | "hot_spots" | "overdue_streets" | "unserved_households" | "checkpoints" | "missed"
      "patrol_state": "draft" | "published" | "ended"
      "plan_stage": "drafting" | "submitted" | "approved" | "returned"
      "plan_status": "draft" | "published" | "superseded" | "discarded"
      "post_role": "district_admin" | "street_officer" | "community_secretary" | "grid_leader" | "grid_worker" | "member" | "cadre" | "auditor"
      "siting_state": "draft" | "published" | "dropped"
      "station_level": "street_centre" | "community_station" | "grid_home" | "compound_point" | "stairwell_contact"
      "street_duty": "daily" | "weekly" | "none"
      "track_source": "recorded" | "gpx"
      "track_state": "open" | "ended" | "matched"
      "visit_kind": "routine" | "event" | "special"
      "visit_outcome": "met" | "follow_up" | "not_home" | "refused"
      "visit_purpose": "policy" | "resolution" | "volunteering" | "opinion" | "hardship" | "family_event" | "dispute" | "illness" | "errand" | "worry" | "other"
      "visit_task_state": "open" | "done" | "dropped"
      "work_unit_kind": "enterprise" | "institution" | "agency" | "social" | "market"
      "work_unit_status": "active" | "bankrupt" | "closed"
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
}
type DatabaseWithoutInternals = Omit<Database, "__InternalSupabase">
type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, "public">]
export type Tables<DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema["Tables"] & DefaultSchema["Views"]) | {
  schema: keyof DatabaseWithoutInternals
}, TableName extends DefaultSchemaTableNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
} ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] & DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"]) : never = never> = DefaultSchemaTableNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
} ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] & DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])[TableName] extends {
  Row: infer R
} ? R : never : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema["Tables"] & DefaultSchema["Views"]) ? (DefaultSchema["Tables"] & DefaultSchema["Views"])[DefaultSchemaTableNameOrOptions] extends {
  Row: infer R
} ? R : never : never
export type TablesInsert<DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"] | {
  schema: keyof DatabaseWithoutInternals
}, TableName extends DefaultSchemaTableNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
} ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] : never = never> = DefaultSchemaTableNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
} ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
  Insert: infer I
} ? I : never : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"] ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
  Insert: infer I
} ? I : never : never
export type TablesUpdate<DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"] | {
  schema: keyof DatabaseWithoutInternals
}, TableName extends DefaultSchemaTableNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
} ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] : never = never> = DefaultSchemaTableNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
} ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
  Update: infer U
} ? U : never : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"] ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
  Update: infer U
} ? U : never : never
export type Enums<DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema["Enums"] | {
  schema: keyof DatabaseWithoutInternals
}, EnumName extends DefaultSchemaEnumNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
} ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"] : never = never> = DefaultSchemaEnumNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
} ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"][EnumName] : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema["Enums"] ? DefaultSchema["Enums"][DefaultSchemaEnumNameOrOptions] : never
export type CompositeTypes<PublicCompositeTypeNameOrOptions extends keyof DefaultSchema["CompositeTypes"] | {
  schema: keyof DatabaseWithoutInternals
}, CompositeTypeName extends PublicCompositeTypeNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
} ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"] : never = never> = PublicCompositeTypeNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
} ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"][CompositeTypeName] : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema["CompositeTypes"] ? DefaultSchema["CompositeTypes"][PublicCompositeTypeNameOrOptions] : never
export const Constants = {
  "public": {
    Enums: {
      "assignment_mode": ["household", "building"],
      "branch_kind": ["direct", "joint", "combined"],
      "checkpoint_mark": ["visited", "probable", "confirmed"],
      "community_kind": ["urban", "rural"],
      "compound_status": ["managed", "self_managed", "unmanaged"],
      "contact_kind": ["household", "frail_care", "group_leader", "committee", "building"],
      "grid_kind": ["basic", "dedicated"],
      "issue_act": ["claim", "assign", "progress", "supervise", "remind", "finish", "return", "close", "explain", "mark_duplicate", "escalate", "hand_down", "reopen", "rate", "publish", "unpublish", "withdraw"],
      "issue_category": ["sanitation", "property", "facilities", "noise", "safety", "fire", "parking", "greening", "dispute", "welfare", "policy", "other"],
      "issue_level": ["grid", "community", "street", "district"],
      "issue_outcome": ["solved", "explained", "duplicate", "withdrawn"],
      "issue_source": ["public", "worker", "member", "reception"],
      "issue_state": ["reported", "claimed", "supervised", "published"],
      "link_kind": ["bridge", "wall"],
      "member_condition": ["able", "frail"],
      "org_level": ["district", "street", "work_zone", "community", "party_group"],
      "patrol_aim": ["min_max", "min_total"],
      "patrol_kind": ["daily", "special"],
      "patrol_occasion": ["duty", "chosen", "hot_spots", "overdue_streets", "unserved_households", "checkpoints", "missed"],
      "patrol_state": ["draft", "published", "ended"],
      "plan_stage": ["drafting", "submitted", "approved", "returned"],
      "plan_status": ["draft", "published", "superseded", "discarded"],
      "post_role": ["district_admin", "street_officer", "community_secretary", "grid_leader", "grid_worker", "member", "cadre", "auditor"],
      "siting_state": ["draft", "published", "dropped"],
      "station_level": ["street_centre", "community_station", "grid_home", "compound_point", "stairwell_contact"],
      "street_duty": ["daily", "weekly", "none"],
      "track_source": ["recorded", "gpx"],
      "track_state": ["open", "ended", "matched"],
      "visit_kind": ["routine", "event", "special"],
      "visit_outcome": ["met", "follow_up", "not_home", "refused"],
      "visit_purpose": ["policy", "resolution", "volunteering", "opinion", "hardship", "family_event", "dispute", "illness", "errand", "worry", "other"],
      "visit_task_state": ["open", "done", "dropped"],
      "work_unit_kind": ["enterprise", "institution", "agency", "social", "market"],
      "work_unit_status": ["active", "bankrupt", "closed"]
    }
  }
} as const
